import { join } from "node:path";
import { expect, test } from "@playwright/test";
import type { Exposed } from "../../shared/ipc/channels.ts";
import { hostileApp, hostileFlow } from "./hostile.ts";

// Every door a subverted page or a hostile document might try, tried in the real app. The document is hostile too. Where
// the page might go is in leaving.spec.ts.

declare global {
  var callflow: Exposed;
  var pwned: unknown;
}

const launched = hostileApp();

// First: after a navigation that was refused, the test driver waits for it to end.
test.describe("running what is not the app's", () => {
  test("S19: neither text nor markup becomes code", async () => {
    const ran = await launched.page.evaluate(
      () =>
        new Promise<unknown[]>((done) => {
          globalThis.pwned = undefined;
          // Later: what the test driver runs itself is exempt from the page's policy.
          setTimeout(() => {
            const attempt = (run: () => unknown) => {
              try {
                return run();
              } catch (error) {
                return (error as Error).name;
              }
            };
            const outcomes = [
              // biome-ignore lint/security/noGlobalEval: that it does not work is what is tested
              attempt(() => globalThis.eval("1 + 1")),
              attempt(() => new Function("return 2")()),
            ];
            const script = document.createElement("script");
            script.textContent = "globalThis.pwned = 'inline script'";
            const button = document.createElement("button");
            button.setAttribute("onclick", "globalThis.pwned = 'inline handler'");
            const link = document.createElement("a");
            link.href = "javascript:globalThis.pwned = 'javascript address'";
            const data = document.createElement("script");
            data.src = "data:text/javascript,globalThis.pwned='data script'";
            const blob = document.createElement("script");
            blob.src = URL.createObjectURL(new Blob(["globalThis.pwned='blob script'"]));
            document.body.append(script, button, link, data, blob);
            button.click();
            link.click();
            setTimeout(() => {
              for (const made of [script, button, link, data, blob]) made.remove();
              done([...outcomes, globalThis.pwned]);
            }, 300);
          }, 0);
        }),
    );
    expect(ran).toEqual(["EvalError", "EvalError", undefined]);
  });

  test("S24: markup in a document is shown as text", async () => {
    const { page } = launched;
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(hostileFlow.title);
    await expect(page.locator("#root")).toContainText("Mallory");
    for (const key of ["End", "Home", "ArrowRight"]) await page.keyboard.press(key);
    const found = await page.evaluate(() => ({
      pwned: globalThis.pwned,
      scripts: [...document.querySelectorAll("#root script, #root img, #root iframe")].length,
      links: [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href")),
    }));
    expect(found).toEqual({ pwned: undefined, scripts: 0, links: [] });
  });
});

test.describe("calls", () => {
  const ask = (name: unknown, request: unknown) =>
    launched.page.evaluate(
      async ([n, r]) => JSON.parse(await callflow.call(n as string, r as string)) as unknown,
      [name, request],
    );

  test("S6: the page has two functions of the main process and no more", async () => {
    const found = await launched.page.evaluate(() => [
      Object.keys(callflow),
      Object.keys(globalThis).filter((name) => /electron|ipc|require|process/i.test(name)),
    ]);
    expect(found).toEqual([["call", "on"], []]);
  });

  for (const name of ["fs.readFile", "flow.openpath", "__proto__", "", 7, null]) {
    test(`S2: the call ${JSON.stringify(name)} does not exist`, async () => {
      expect(await ask(name, "{}")).toEqual({ ok: false, failure: { message: "There is no such call." } });
    });
  }

  for (const [name, request] of [
    ["flow.run", "{}"],
    ["flow.run", '{"handle":"flow-1","variant":"main","extra":1}'],
    ["flow.run", "not JSON"],
    ["flow.run", { handle: "flow-1", variant: "main" }],
    ["export.write", '{"handle":"flow-1","variant":"main","view":{},"of":"everything","formats":[]}'],
    ["export.preview", '{"handle":"flow-1","variant":"main","format":"svg","settings":{},"view":{"level":"root"}}'],
    ["settings.set", '{"patch":{"theme":"<script>"}}'],
    ["flow.openText", `{"name":"${"x".repeat(300)}","text":""}`],
  ] as const) {
    test(`S2: ${name} refuses ${JSON.stringify(request).slice(0, 60)}`, async () => {
      expect(await ask(name, request)).toMatchObject({
        ok: false,
        failure: { message: `The request for ${name} is not of the agreed form.` },
      });
    });
  }

  test("S7: a file cannot be read by naming it", async () => {
    for (const path of ["/etc/passwd", join(launched.folder, "other.flow.json"), "../hostile.flow.json"]) {
      const answer = await ask("flow.openPath", JSON.stringify({ path }));
      expect(answer).toMatchObject({ ok: false });
      expect(JSON.stringify(answer)).toContain("not among the recent files");
    }
    expect(
      await ask("flow.openPath", JSON.stringify({ path: join(launched.folder, "hostile.flow.json") })),
    ).toMatchObject({
      ok: true,
    });
  });

  test("S7: an object that only looks like a dropped file has no path", async () => {
    const answer = await launched.page.evaluate(() =>
      callflow.call("flow.openFile", "{}", { path: "/etc/passwd", name: "passwd" }),
    );
    expect(JSON.parse(answer)).toEqual({ ok: true, value: null });
    const made = await launched.page.evaluate(() =>
      callflow.call("flow.openFile", "{}", new File(["x"], "/etc/passwd")),
    );
    expect(JSON.parse(made)).toEqual({ ok: true, value: null });
  });

  test("S1: a frame within the page, and another window, are refused", async () => {
    await launched.page.evaluate(() => {
      const frame = document.createElement("iframe");
      frame.id = "inner";
      document.body.append(frame);
    });
    const answers = await launched.app.evaluate(async ({ BrowserWindow, ipcMain }) => {
      type Listener = (event: unknown, ...args: unknown[]) => Promise<string>;
      // Electron's own table of what answers a call: the only way to call as somebody else.
      const handler = (ipcMain as unknown as { _invokeHandlers: Map<string, Listener> })._invokeHandlers.get(
        "callflow:call",
      );
      const sender = BrowserWindow.getAllWindows()[0]?.webContents;
      const other = new BrowserWindow({ show: false });
      await other.loadURL("app://callflow/index.html");
      const ask = async (event: unknown) => JSON.parse((await handler?.(event, "app.about", "{}")) ?? "") as unknown;
      const found = {
        inner: await ask({ sender, senderFrame: sender?.mainFrame.frames[0] }),
        other: await ask({ sender: other.webContents, senderFrame: other.webContents.mainFrame }),
        gone: await ask({ sender, senderFrame: null }),
        own: await ask({ sender, senderFrame: sender?.mainFrame }),
        frames: sender?.mainFrame.frames.length,
      };
      other.destroy();
      return found;
    });
    await launched.page.evaluate(() => document.querySelector("#inner")?.remove());
    const refused = { ok: false, failure: { message: "Only Callflow's own page may ask for this." } };
    expect(answers).toMatchObject({ inner: refused, other: refused, gone: refused, own: { ok: true }, frames: 1 });
  });
});

test("S22: every permission is denied but writing to the clipboard", async () => {
  const answers = await launched.page.evaluate(async () => {
    const refusal = (asked: Promise<unknown>) =>
      asked.then(
        () => "given",
        () => "denied",
      );
    const states = await Promise.all(
      ["geolocation", "notifications", "camera", "microphone", "clipboard-read", "midi"].map(
        async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
      ),
    );
    return {
      states,
      notification: await Notification.requestPermission(),
      place: await refusal(
        new Promise((given, denied) => navigator.geolocation.getCurrentPosition(given, denied, { timeout: 2000 })),
      ),
      media: await refusal(navigator.mediaDevices.getUserMedia({ audio: true })),
      clipboard: await refusal(navigator.clipboard.readText()),
      screen: await refusal(navigator.mediaDevices.getDisplayMedia({ video: true })),
    };
  });
  expect(new Set(answers.states)).toEqual(new Set(["denied"]));
  expect(answers).toMatchObject({
    notification: "denied",
    place: "denied",
    media: "denied",
    clipboard: "denied",
    screen: "denied",
  });
});

test("S22: the page cannot have the clipboard pasted by itself", async () => {
  await launched.app.evaluate(({ clipboard }) => clipboard.writeText("secret"));
  // Long enough after whatever the tests before have pressed.
  await launched.page.waitForTimeout(2000);
  const got = await launched.page.evaluate(async () => {
    let pasted = "";
    document.addEventListener("paste", (event) => {
      pasted = event.clipboardData?.getData("text/plain") ?? "";
    });
    await callflow.call("menu.clipboard", JSON.stringify({ what: "paste" }));
    await new Promise((done) => setTimeout(done, 300));
    return pasted;
  });
  expect(got).toBe("");
});

test("S23: the page has no Node, and its window says so", async () => {
  const found = await launched.page.evaluate(() =>
    ["require", "process", "module", "exports", "Buffer", "global", "__dirname", "electron"].filter(
      (name) => name in globalThis,
    ),
  );
  expect(found).toEqual([]);
  const preferences = await launched.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
  });
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
});
