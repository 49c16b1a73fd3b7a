import { type Film, filmOf } from "../../shared/diagram/film.ts";
import { stepRange } from "../../shared/diagram/step-range.ts";
import { fontFaces } from "../../shared/diagram/svg.ts";
import { themeNamed } from "../../shared/diagram/theme.ts";
import { ok, type Result } from "../../shared/flow/result.ts";
import { drawnCharacters } from "./drawn-characters.ts";
import type { Exported, ExportInput } from "./formats.ts";
import { heading } from "./heading.ts";
import { figureFonts } from "./resources/figure-fonts.ts";
import { missingRemark } from "./resources/glyphs.ts";

/** Letters that are smaller, in pixels, are hard to read in a film. */
const READABLE = 9;

/** The film that the settings ask for. Fails with a sentence for steps that the flow does not have. */
export function filmFor(input: ExportInput): Result<Film> {
  const { diagram, settings = {} } = input;
  const words = String(settings.steps ?? "").trim();
  const steps = words === "" ? ok(undefined) : stepRange(diagram, words);
  if (!steps.ok) return steps;
  const [width = 1280, height = 720] = String(settings["frame-size"] ?? "1280x720")
    .split("x")
    .map(Number);
  return ok(
    filmOf(diagram, themeNamed(settings.theme), {
      width,
      height,
      fps: Number(settings.fps ?? 25),
      speed: Number(settings.speed ?? 1),
      captions: settings.captions !== false,
      title: heading(input.flow, input.variant),
      ...(steps.value !== undefined && { steps: steps.value }),
    }),
  );
}

/** A picture from the middle of the film, as an SVG document: what is looked at before the film is made. */
export async function exportFrame(input: ExportInput): Promise<Result<Exported>> {
  const made = filmFor(input);
  if (!made.ok) return made;
  const { shots, picture, token } = made.value;
  const moving = shots.filter(({ tokens }) => tokens.some((at) => at !== undefined));
  const shot = moving[Math.floor(moving.length / 2)] ?? shots[0];
  const svg = shot === undefined ? "" : picture(shot);
  const at = shot?.tokens[Math.floor(shot.tokens.length / 3)];
  const dot = at && `<circle cx="${at.x}" cy="${at.y}" r="${token.radius}" fill="${token.color}"/>`;
  const font = fontFaces(await figureFonts(drawnCharacters([svg])));
  const content = svg.replace(/^<svg[^>]*>/, (start) => start + font).replace(/<\/svg>\s*$/, `${dot ?? ""}</svg>`);
  return ok({ content, remarks: await filmRemarks(made.value, [svg]) });
}

/** A sentence for each thing that a film could not show; `pictures` are its shots as SVG. */
export async function filmRemarks({ letters }: Film, pictures: readonly string[]): Promise<readonly string[]> {
  const small =
    letters >= READABLE
      ? []
      : [
          `The letters are ${Math.max(1, Math.round(letters))} pixels high, which is hard to read; with a larger size, or fewer participants, they are larger.`,
        ];
  return [
    ...small,
    ...(await missingRemark(drawnCharacters(pictures), "the film shows boxes or nothing in their place")),
  ];
}
