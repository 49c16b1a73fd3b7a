import { expect, test } from "@playwright/test";
import { hostileApp } from "./hostile.ts";

// A subverted page cannot go anywhere else, nor reach anybody, tried in the real app.

const launched = hostileApp();

test.describe("going elsewhere", () => {
  test("S20: no window opens", async () => {
    const opened = await launched.page.evaluate(
      (url) => [url, "app://callflow/index.html", "about:blank"].map((address) => window.open(address)),
      launched.outside,
    );
    expect(opened).toEqual([null, null, null]);
    expect(await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  for (const kind of ["location", "link", "form", "meta"]) {
    test(`S20: no navigation by ${kind}`, async () => {
      const before = launched.page.url();
      for (const url of [launched.outside, "https://example.com/", "file:///etc/passwd", "data:text/html,<p>x"]) {
        await launched.page.evaluate(
          ([by, address = ""]) => {
            if (by === "location") return window.location.assign(address);
            const made = document.createElement(by === "link" ? "a" : by === "form" ? "form" : "meta");
            made.setAttribute(
              by === "link" ? "href" : by === "form" ? "action" : "content",
              `${by === "meta" ? "0;url=" : ""}${address}`,
            );
            if (by === "meta") made.setAttribute("http-equiv", "refresh");
            (by === "meta" ? document.head : document.body).append(made);
            if (made instanceof HTMLFormElement) made.submit();
            else made.click();
            made.remove();
          },
          [kind, url],
        );
      }
      await launched.page.waitForTimeout(300);
      expect(launched.page.url()).toBe(before);
      expect(await launched.page.evaluate(() => document.querySelector("#root") !== null)).toBe(true);
    });
  }

  test("S20: no frame shows another page, and there is no webview", async () => {
    const found = await launched.page.evaluate(async (url) => {
      const shown: unknown[] = [];
      for (const address of [url, "app://callflow/index.html", "data:text/html,<p>x"]) {
        const frame = document.createElement("iframe");
        frame.src = address;
        document.body.append(frame);
        await new Promise((done) => setTimeout(done, 200));
        let text: string | undefined = "";
        try {
          text = frame.contentDocument?.body.innerHTML;
        } catch {
          text = "another origin";
        }
        shown.push(text === undefined ? "" : text);
        frame.remove();
      }
      const webview = document.createElement("webview");
      webview.setAttribute("src", url);
      document.body.append(webview);
      await new Promise((done) => setTimeout(done, 200));
      const isWebview = "getWebContentsId" in webview;
      webview.remove();
      return { shown, isWebview };
    }, launched.outside);
    expect(found).toEqual({ shown: ["", "", ""], isWebview: false });
    expect(await launched.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
  });

  test("S20: nothing is downloaded", async () => {
    await launched.app.evaluate(({ session }) => {
      session.defaultSession.once("will-download", (event) => {
        (globalThis as { downloadPrevented?: boolean }).downloadPrevented = event.defaultPrevented;
      });
    });
    await launched.page.evaluate(() => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["x"]));
      link.download = "x.txt";
      link.click();
    });
    await expect
      .poll(() => launched.app.evaluate(() => (globalThis as { downloadPrevented?: boolean }).downloadPrevented))
      .toBe(true);
  });

  test("S21: nothing is fetched from elsewhere, and no file by its address", async () => {
    const got = await launched.page.evaluate(async (url) => {
      const outcome = (address: string) =>
        fetch(address).then(
          (response) => response.status,
          () => "refused",
        );
      const image = (address: string) =>
        new Promise((done) => {
          const made = new Image();
          made.onload = () => done("loaded");
          made.onerror = () => done("refused");
          made.src = address;
        });
      const socket = (address: string) =>
        new Promise((done) => {
          try {
            const made = new WebSocket(address);
            made.onopen = () => done("open");
            made.onerror = () => done("refused");
          } catch {
            done("refused");
          }
        });
      navigator.sendBeacon(url, "x");
      return [
        await outcome(url),
        await outcome("https://example.com/"),
        await outcome("file:///etc/passwd"),
        await image(url),
        await image("file:///etc/hosts"),
        await socket(url.replace("http", "ws")),
      ];
    }, launched.outside);
    expect(got).toEqual(Array.from({ length: 6 }, () => "refused"));
  });

  test("S21: nor would it be without the page's policy", async () => {
    const got = await launched.app.evaluate(
      ({ session }, url) =>
        session.defaultSession.fetch(url).then(
          () => "loaded",
          () => "refused",
        ),
      launched.outside,
    );
    expect(got).toBe("refused");
  });

  test("S18: the page's scheme serves the page's folder only", async () => {
    const got = await launched.page.evaluate(() => {
      const outside = ["/../main.cjs", "/%2e%2e/main.cjs", "/..%2fmain.cjs", "/..%2f..%2fpackage.json"];
      return Promise.all(
        ["/index.html", ...outside, "/none", "/assets", "/"].map((address) =>
          fetch(address).then(
            ({ status }) => status,
            () => "refused",
          ),
        ),
      );
    });
    expect(got).toEqual([200, ...Array.from({ length: 7 }, () => "refused")]);
  });

  test("S18: the page's files come with their type and the policy", async () => {
    const got = await launched.page.evaluate(() => {
      const script = document.querySelector("script")?.src ?? "";
      const style = document.querySelector<HTMLLinkElement>("link[rel=stylesheet]")?.href ?? "";
      return Promise.all(
        [location.href, script, style].map(async (address) => {
          const { headers } = await fetch(address);
          return [headers.get("content-type"), headers.get("content-security-policy")];
        }),
      );
    });
    const policy = expect.stringContaining("default-src 'self'");
    expect(got).toEqual(["text/html", "text/javascript", "text/css"].map((type) => [type, policy]));
  });

  test.afterAll(() => {
    expect(launched.reached).toEqual([]);
  });
});
