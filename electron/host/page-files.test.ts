import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, developmentPolicy, pageAnswer, pagePath, sameOrigin } from "./page-files.ts";

const folder = "/srv/page";
const get = (url: string, method = "GET") => pageAnswer(folder, { url, method });

describe("pageAnswer", () => {
  it.each([
    ["app://callflow/index.html", "/srv/page/index.html"],
    ["app://callflow/assets/a%20b.js?v=1#x", "/srv/page/assets/a b.js"],
  ])("S18: serves %s with the policy", (url, path) => {
    const headers: unknown = expect.objectContaining({
      "content-security-policy": contentSecurityPolicy,
      "x-content-type-options": "nosniff",
    });
    expect(get(url)).toEqual({ path, headers });
  });

  it.each([
    "app://callflow/",
    "app://callflow/..%2fsecret.txt",
    "app://callflow/..%2Fpage-secret%2Fx.txt",
    "app://callflow/assets/..%2f..%2fsecret.txt",
    "app://callflow/..%5csecret.txt",
    "app://callflow/index.html%00.txt",
    "app://callflow/%E0%A4%A",
    "app://other/index.html",
    "file:///etc/passwd",
    "https://callflow/index.html",
    "no address",
  ])("S18: refuses %s", (url) => {
    expect(get(url)).toEqual({ error: expect.any(Number) });
  });

  it.each([
    ["app://callflow/../secret.txt", "/srv/page/secret.txt"],
    ["app://callflow/%2e%2e/secret.txt", "/srv/page/secret.txt"],
    ["app://callflow/%2fetc%2fpasswd", "/srv/page/etc/passwd"],
    ["app://callflow//etc/passwd", "/srv/page/etc/passwd"],
  ])("S18: looks for %s in the folder only", (url, path) => {
    expect(get(url)).toMatchObject({ path });
  });

  it("S18: answers only GET", () => {
    expect(get("app://callflow/index.html", "POST")).toEqual({ error: expect.any(Number) });
  });

  it("S18: no address leads out of the folder", () => {
    const piece = fc.constantFrom("..", ".", "%2e%2e", "%2f", "/", "\\", "%5c", "a", "%00", "page", "~", " ", ":");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const path = pagePath(folder, `app://callflow/${pieces.join("")}`);
        expect(path === undefined || path.startsWith(`${folder}/`)).toBe(true);
      }),
    );
  });
});

describe("policies", () => {
  it("S19: the app's allows no script but the page's own files", () => {
    expect(contentSecurityPolicy).toContain("default-src 'self'");
    expect(contentSecurityPolicy).not.toMatch(/script-src|unsafe-eval/);
    for (const none of ["object-src", "base-uri", "frame-src", "frame-ancestors", "form-action"]) {
      expect(contentSecurityPolicy).toContain(`${none} 'none'`);
    }
  });

  it("S19: the one for development allows no code made of text either", () => {
    expect(developmentPolicy("http://localhost:5173/")).toContain("ws://localhost:5173");
    expect(developmentPolicy("http://localhost:5173/")).not.toContain("unsafe-eval");
  });
});

describe("sameOrigin", () => {
  it.each([
    ["app://callflow/index.html", "app://callflow/", true],
    ["app://callflow.evil/index.html", "app://callflow/", false],
    ["https://callflow/", "app://callflow/", false],
    ["http://localhost:5173/x", "http://localhost:5173/", true],
    ["http://localhost:51730/x", "http://localhost:5173/", false],
    ["", "", false],
    ["about:blank", "app://callflow/", false],
  ])("S1: %s and %s: %s", (a, b, same) => {
    expect(sameOrigin(a, b)).toBe(same);
  });
});
