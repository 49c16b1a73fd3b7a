import { resolve, sep } from "node:path";

/** The page's own scheme, and the address it is served at. */
export const SCHEME = "app";
export const ORIGIN = `${SCHEME}://callflow`;

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

/**
 * What a request of the page is answered with: a file, whose type Chromium tells by its ending, or the number of one of
 * Chromium's network errors.
 */
export type PageAnswer =
  | { readonly path: string; readonly headers: Record<string, string> }
  | { readonly error: number };

/** Chromium's `ERR_ACCESS_DENIED`. */
const DENIED = -10;

/**
 * Answers a request of the page with a file in `folder`, and every other request with an error. Whether the file is there is
 * for who reads it to find.
 */
export function pageAnswer(folder: string, { url, method }: { url: string; method: string }): PageAnswer {
  const path = pagePath(folder, url);
  if (path === undefined || method !== "GET") return { error: DENIED };
  return {
    path,
    headers: {
      "content-security-policy": contentSecurityPolicy,
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
    },
  };
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
