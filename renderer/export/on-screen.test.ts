import { describe, expect, it } from "vitest";
import type { Diagram } from "../../shared/diagram/diagram.ts";
import type { Scene } from "../../shared/diagram/scene.ts";
import { dark } from "../../shared/diagram/theme.ts";
import { onScreen } from "./on-screen.ts";

/** Twenty steps, each in a row of 10 px below heads of 40 px, and what of them `onScreen` looks at. */
const numbers = Array.from({ length: 20 }, (_, i) => String(i + 1));
const shown = (step: number, numbered = numbers) => ({
  scene: {
    rows: numbers.map((_, i) => ({ top: 40 + i * 10, height: 10 })),
    stepRows: numbers.map((_, i) => i),
  } as unknown as Scene,
  diagram: { items: numbered.map((number) => ({ type: "step", number })) } as unknown as Diagram,
  step,
  theme: dark,
});
/** A window below whose heads there are `height` px, from `y` on. */
const seen = (y: number, height: number) => ({
  camera: { x: 0, y, zoom: 1 },
  content: { width: 100, height: 200, headHeight: 40 },
  viewport: { width: 100, height: height + 40 },
});

describe("EX98 as on the screen", () => {
  it("are the steps in sight, the current one, the later ones pale, and the colours", () => {
    expect(onScreen(shown(7), seen(50, 60))).toEqual({ theme: "dark", steps: "6 – 11", step: "8", later: "pale" });
    expect(onScreen(shown(7), seen(52, 56))).toMatchObject({ steps: "6 – 11" });
    expect(onScreen(shown(7), seen(57, 10))).toMatchObject({ steps: "7", step: "" });
  });

  it("is all where all is in sight, and no step is highlighted that is not there", () => {
    expect(onScreen(shown(-1), seen(0, 300))).toEqual({ theme: "dark", steps: "", step: "", later: "drawn" });
    expect(onScreen(shown(0), seen(100, 50))).toMatchObject({ step: "", later: "drawn" });
    const unnumbered = numbers.map(() => "");
    expect(onScreen(shown(3, unnumbered), seen(50, 60))).toMatchObject({ steps: "", step: "" });
    expect(onScreen({ step: -1, theme: dark }, seen(0, 10))).toEqual({});
  });
});
