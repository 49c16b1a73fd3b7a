import { expect, test } from "vitest";
import { colours } from "../flow/scalars.ts";
import { tintOf } from "./tint.ts";

test("L36: a colour of the theme is itself", () => {
  for (const name of colours) expect(tintOf(name)).toBe(name);
});

test.each([
  ["#a0c4ff", "blue"],
  ["#f00", "red"],
  ["rgb(0,128,0)", "green"],
  ["rgba(200,150,255,.3)", "purple"],
  ["rgb(100%,90%,0%)", "yellow"],
  ["hsl(180,50%,50%)", "teal"],
  ["hsl(30,100%,50%)", "orange"],
  ["#777", "grey"],
  ["Aqua", "teal"],
  ["LightSteelBlue", "blue"],
  ["palegoldenrod", "yellow"],
])("L36: %s is drawn in the theme's %s", (colour, tint) => expect(tintOf(colour)).toBe(tint));

test.each([undefined, "transparent", "rgba(1,2,3,0)", "#00000000", "nonsense", "rgb(a,b,c)"])(
  "L36: %s colours nothing",
  (colour) => expect(tintOf(colour)).toBeUndefined(),
);
