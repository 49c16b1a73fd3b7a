// `node tools/with-electron.mjs tools/recovery-trial.mjs [TIMES]`: kills the built app at random moments during a burst of
// edits, and says what the next start could not give back. Prints a table; fails when more than half a second is lost.
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { _electron } from "@playwright/test";

const MOST_LOST = 500;
const times = Number(process.argv[2] ?? 30);
const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "callflow-trial-"));
const file = join(folder, "trial.flow.json");
copyFileSync(join(root, "flows/cpm/group-invitation.flow.json"), file);
const untouched = readFileSync(file, "utf8");

/** @typedef {{ app: import("@playwright/test").ElectronApplication, page: import("@playwright/test").Page }} Started */

/** @returns {Promise<Started>} */
const start = async () => {
  const app = await _electron.launch({
    args: [root, `--user-data-dir=${join(folder, "settings")}`, file],
    env: /** @type {Record<string, string>} */ (process.env),
  });
  const page = await app.firstWindow();
  await page.waitForFunction(() => document.title.includes("trial"));
  return { app, page };
};
/**
 * @param {Started["page"]} page
 * @param {string} name
 * @param {unknown} request
 */
const ask = (page, name, request) =>
  page.evaluate(
    async ({ call, given }) => {
      const { callflow } = /** @type {{ callflow: import("../shared/ipc/channels.ts").Exposed }} */ (
        /** @type {unknown} */ (window)
      );
      return JSON.parse(await callflow.call(call, JSON.stringify(given)));
    },
    { call: name, given: request },
  );

/**
 * Edits as fast as they go until the app is killed; gives when main confirmed each.
 * @param {Started} started
 * @param {number} after
 */
async function burst({ app, page }, after) {
  const opened = (await ask(page, "flow.replica", { handle: "flow-1" })).value;
  const confirmed = [];
  const killed = pause(after).then(() => {
    app.process().kill("SIGKILL");
    return Date.now();
  });
  for (let base = opened.revision; ; base++) {
    const edit = { kind: "set", field: "title", value: `Trial ${base + 1}` };
    const answer = await ask(page, "flow.edit", { handle: "flow-1", base, label: "Change Title", edit }).catch(
      () => {},
    );
    if (answer?.ok !== true) break;
    confirmed.push(Date.now());
  }
  return { confirmed, killed: await killed };
}

/**
 * How many of the edits the next start gives back.
 * @param {Started} started
 */
async function recovered({ page }) {
  const list = (await ask(page, "recovery.list", {})).value;
  let edits = 0;
  for (const { id, damage } of list) {
    const { value } = await ask(page, "recovery.recover", { id });
    edits = Number(/^Trial (\d+)$/.exec(value.flow.title)?.[1] ?? 0);
    if (damage !== undefined) console.log(damage);
    await ask(page, "flow.close", { handle: value.handle });
  }
  return edits;
}

let worst = 0;
console.log("| kill | after ms | confirmed | recovered | lost | of the last ms |\n|--:|--:|--:|--:|--:|--:|");
try {
  for (let kill = 1; kill <= times; kill++) {
    const first = await start();
    const after = Math.round(50 + Math.random() * 1500);
    const { confirmed, killed } = await burst(first, after);
    const second = await start();
    await second.app.evaluate(({ dialog }) => {
      dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
    });
    const edits = await recovered(second);
    await second.app.close();
    const lost = Math.max(0, confirmed.length - edits);
    const ms = lost === 0 ? 0 : killed - (confirmed[edits] ?? killed);
    worst = Math.max(worst, ms);
    console.log(`| ${kill} | ${after} | ${confirmed.length} | ${edits} | ${lost} | ${ms} |`);
    if (readFileSync(file, "utf8") !== untouched) throw new Error("The person's file was written.");
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`At most the last ${worst} ms were lost.`);
process.exitCode = worst > MOST_LOST ? 1 : 0;
