import { createContext } from "react";

/** The box in which the forms scroll, once it is there. */
export const ScrollerContext = createContext<HTMLElement | null>(null);
