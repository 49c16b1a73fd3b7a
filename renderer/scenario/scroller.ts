import { createContext, type RefObject } from "react";

/** The box in which the forms scroll. */
export const ScrollerContext = createContext<RefObject<HTMLElement | null> | undefined>(undefined);
