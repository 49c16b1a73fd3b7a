import { z } from "zod";

// A page under a strict content security policy may not compile code, which zod otherwise does.
z.config({ jitless: true });

/** The plain values that a document is made of. */

export const id = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,79}$/, "an id starts with a letter and holds letters, digits, _ and -")
  .describe("Identifier: a letter, then letters, digits, _ and -.");
export const line = z.string().min(1).max(500);
export const text = z.string().max(20_000);

/** The theme's own colours, each made for light, dark and print. */
export const colours = ["grey", "red", "orange", "yellow", "green", "teal", "blue", "purple"] as const;
export const colour = z
  .string()
  .regex(/^[A-Za-z0-9#_(),.%-]{1,60}$/, "a colour is a name or a web colour without spaces")
  .describe(`A colour of the theme (${colours.join(", ")}), or a web colour such as #a0c4ff or rgb(0,128,0).`);
