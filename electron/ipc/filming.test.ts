import { expect, it, vi } from "vitest";
import type { ToEncode } from "../export/formats.ts";
import { createFilming } from "./filming.ts";

const film = (shots: number): ToEncode => {
  let given = 0;
  return {
    container: "webm",
    width: 4,
    height: 2,
    fps: 25,
    token: { radius: 1, color: "#0b57d0" },
    next: async () =>
      given++ < shots ? { png: new Uint8Array([1, 2, 3]), tokens: [undefined, { x: 1, y: 1 }] } : undefined,
  };
};
const base64 = (text: string) => Buffer.from(text).toString("base64");

it("EX84: the window gets the shots of the film, and its parts become the file", async () => {
  const told = vi.fn();
  const { encode, handlers } = createFilming(told);
  const coded = encode(film(1));
  const id = told.mock.calls[0]?.[0].film;
  expect(await handlers["film.shot"]({ film: id }, "")).toEqual({
    ok: true,
    value: { png: "AQID", tokens: [null, { x: 1, y: 1 }] },
  });
  expect(await handlers["film.shot"]({ film: id }, "")).toEqual({ ok: true, value: null });
  await handlers["film.part"]({ film: id, data: base64("one ") }, "");
  await handlers["film.part"]({ film: id, data: base64("two") }, "");
  await handlers["film.end"]({ film: id, codec: "vp9" }, "");
  const result = await coded;
  expect(result.ok && Buffer.from(result.value.content).toString()).toBe("one two");
});

it("EX84: a film that was stopped takes nothing more", async () => {
  const told = vi.fn();
  const { encode, handlers } = createFilming(told);
  const stop = new AbortController();
  const coded = encode(film(1), stop.signal);
  stop.abort(new Error("enough"));
  await expect(coded).rejects.toThrow("enough");
  const id = told.mock.calls[0]?.[0].film;
  expect(await handlers["film.shot"]({ film: id }, "")).toMatchObject({ ok: false });
  expect(await handlers["film.part"]({ film: id, data: "" }, "")).toMatchObject({ ok: false });
});

it("EX85: what the window cannot code is a sentence, and so is its silence", async () => {
  vi.useFakeTimers();
  const told = vi.fn();
  const { encode, handlers } = createFilming(told, 1000);
  const refused = encode(film(1));
  await handlers["film.end"]({ film: told.mock.calls[0]?.[0].film, problem: "No codec." }, "");
  expect(await refused).toMatchObject({ ok: false, failure: { message: "No codec." } });
  const silent = encode(film(1));
  vi.advanceTimersByTime(1001);
  expect(await silent).toMatchObject({ ok: false, failure: { message: expect.stringContaining("window") } });
  vi.useRealTimers();
});
