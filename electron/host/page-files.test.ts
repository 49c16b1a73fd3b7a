import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentSecurityPolicy, developmentPolicy, pagePath, sameOrigin, servePageFile } from "./page-files.ts";

let folder = "";
const page = () => join(folder, "page");

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "callflow-page-"));
  mkdirSync(join(folder, "page", "assets"), { recursive: true });
  mkdirSync(join(folder, "page-secret"));
  writeFileSync(join(folder, "page", "index.html"), "<p>");
  writeFileSync(join(folder, "page", "assets", "a b.js"), "1");
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(folder, "page-secret", "x.txt"), "secret");
});

afterAll(() => rmSync(folder, { recursive: true }));

const get = (url: string, method = "GET") => servePageFile(page(), { url, method });

describe("servePageFile", () => {
  it.each([
    ["app://callflow/index.html", "text/html; charset=utf-8"],
    ["app://callflow/assets/a%20b.js?v=1#x", "text/javascript; charset=utf-8"],
  ])("S18: serves %s with its type and the policy", async (url, type) => {
    const response = await get(url);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("content-security-policy")).toBe(contentSecurityPolicy);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it.each([
    "app://callflow/../secret.txt",
    "app://callflow/%2e%2e/secret.txt",
    "app://callflow/..%2fsecret.txt",
    "app://callflow/..%2Fpage-secret%2Fx.txt",
    "app://callflow/assets/..%2f..%2fsecret.txt",
    "app://callflow/..%5csecret.txt",
    "app://callflow/%2fetc%2fpasswd",
    "app://callflow//etc/passwd",
    "app://callflow/index.html%00.txt",
    "app://callflow/%E0%A4%A",
    "app://other/index.html",
    "file:///etc/passwd",
    "https://callflow/index.html",
    "no address",
  ])("S18: does not serve %s", async (url) => {
    const response = await get(url);
    expect([403, 404]).toContain(response.status);
    expect(await response.text()).toBe("");
  });

  it("S18: serves no folder, nothing missing, and answers only GET", async () => {
    expect((await get("app://callflow/")).status).toBe(403);
    expect((await get("app://callflow/assets")).status).toBe(404);
    expect((await get("app://callflow/missing.js")).status).toBe(404);
    expect((await get("app://callflow/index.html", "POST")).status).toBe(403);
  });

  it("S18: no address leads out of the folder", () => {
    const piece = fc.constantFrom("..", ".", "%2e%2e", "%2f", "/", "\\", "%5c", "a", "%00", "page", "~", " ", ":");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const path = pagePath("/srv/page", `app://callflow/${pieces.join("")}`);
        expect(path === undefined || path.startsWith("/srv/page/")).toBe(true);
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
