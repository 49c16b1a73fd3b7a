import { readFile } from "node:fs/promises";
import { extname, resolve, sep } from "node:path";

/** The page's own scheme, and the address it is served at. */
export const SCHEME = "app";
export const ORIGIN = `${SCHEME}://callflow`;

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
  ".wasm": "application/wasm",
};

/** What the page may load and run: its own files, and nothing written into it. */
export const contentSecurityPolicy = [
  "default-src 'self'",
  // React sets positions and sizes as style attributes.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * The policy for a page from Vite's server in development: it writes a script of its own into the page and talks to the
 * page by a WebSocket.
 */
export function developmentPolicy(devUrl: string): string {
  const { host } = new URL(devUrl);
  return `${contentSecurityPolicy}; script-src 'self' 'unsafe-inline'; connect-src 'self' ws://${host}`;
}

const refused = (status: number) => new Response(null, { status });

/**
 * Answers a request of the page with a file in `folder`, and every other request with nothing: 403 for what is not the
 * page's to ask, 404 for what is not there.
 */
export async function servePageFile(folder: string, request: Pick<Request, "url" | "method">): Promise<Response> {
  const path = pagePath(folder, request.url);
  if (path === undefined || request.method !== "GET") return refused(403);
  try {
    return new Response(await readFile(path), {
      headers: {
        "content-type": types[extname(path)] ?? "application/octet-stream",
        "content-security-policy": contentSecurityPolicy,
        "x-content-type-options": "nosniff",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
      },
    });
  } catch {
    return refused(404);
  }
}

/** The file in `folder` that an address of the page names; undefined for any other address, and for any other file. */
export function pagePath(folder: string, address: string): string | undefined {
  try {
    const url = new URL(address);
    if (`${url.protocol}//${url.host}` !== ORIGIN) return undefined;
    const name = decodeURIComponent(url.pathname);
    const path = resolve(folder, `.${name}`);
    return !name.includes("\0") && !name.includes("\\") && path.startsWith(resolve(folder) + sep) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Whether two addresses are of the same scheme and host; an address that is none is of no origin. */
export function sameOrigin(a: string, b: string): boolean {
  const origin = (address: string) => {
    try {
      const { protocol, host } = new URL(address);
      return `${protocol}//${host}`;
    } catch {
      return undefined;
    }
  };
  const first = origin(a);
  return first !== undefined && first === origin(b);
}
