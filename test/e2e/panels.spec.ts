import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { appWithFirstFlow } from "./launch.ts";

// Library, prose, Why and network in the real app.

let page: Page;
const launched = appWithFirstFlow(async (opened) => {
  page = opened;
  const show = page.getByRole("button", { name: "Show library" });
  if ((await show.count()) > 0) await show.click();
  await expect(page.getByRole("combobox", { name: "Library" })).toBeVisible();
});

const position = () => page.locator(".transport-position");
const prose = () => page.getByRole("article", { name: "Prose" });
const current = () => prose().locator('.prose-paragraph[data-place="current"]');

/** Opens a flow unless it is the one that is open. */
async function open(title: string, steps: number): Promise<void> {
  const shown = await page.getByRole("heading", { level: 1 }).textContent();
  if (shown?.startsWith(title) === true) return;
  const search = page.getByRole("combobox", { name: "Library" });
  await search.fill(title);
  await expect(page.getByRole("option").first()).toContainText(title);
  await search.press("Enter");
  await expect(position()).toHaveText(`Start of ${steps} steps`);
  await search.press("Escape");
  await expect(search).toHaveValue("");
}

async function goTo(step: string): Promise<void> {
  await page.locator(".canvas").focus();
  await page.keyboard.type(step);
  await page.keyboard.press("Enter");
  await expect(position()).toHaveText(new RegExp(`^Step ${step} of`));
}

async function tab(name: "Prose" | "Why"): Promise<void> {
  const button = page.getByRole("toolbar", { name: "Panels" }).getByRole("button", { name });
  if ((await button.getAttribute("aria-pressed")) !== "true") await button.click();
}

/** A test may be the first in a new window, after one that failed. */
async function showNetwork(): Promise<void> {
  await open("CPM Pre-defined Group Session Invitation", 19);
  if ((await page.locator(".network").count()) === 0) {
    await page.getByRole("button", { name: "Network view" }).click();
    await page.getByRole("menuitemradio", { name: /beside/i }).click();
    await expect(page.locator(".network [data-participant]").first()).toBeVisible();
  }
}

async function breaches(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`);
}

test("W60, W61, W63 the library finds by participant, says when it finds nothing, and opens by the keyboard", async () => {
  const search = page.getByRole("combobox", { name: "Library" });
  await search.fill("alice");
  await expect(page.getByRole("option").first()).toContainText("With Alice");
  await search.fill("no such flow");
  await expect(page.getByText("No flow is called")).toBeVisible();
  await expect(page.getByRole("option")).toHaveCount(0);
  await search.press("Escape");
  await expect(page.getByRole("option")).not.toHaveCount(0);
  await search.fill("establishment 3665 alice");
  await search.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Session Establishment");
  await expect(page.locator(".library-item[data-open]")).toContainText("Session Establishment");
  await search.press("Escape");
});

test("W1, W2 the prose has the clause, the introduction, the ranges and the notes", async () => {
  await open("Extending CPM 1-1 Session to a 1-N Session", 19);
  await expect(prose().getByRole("heading")).toHaveText(/^Extending CPM 1-1 Session to a 1-N Session/);
  await expect(prose()).toContainText("C.2.2.X");
  await expect(prose().getByRole("button", { name: "Steps 1-2.", exact: true })).toHaveText("1-2.");
  await expect(prose()).toContainText("NOTE 1:");
  await expect(current()).toHaveCount(0);
});

test("W2, W3, W4 the prose follows the step, and a press on it leads there", async () => {
  await open("Extending CPM 1-1 Session to a 1-N Session", 19);
  await goTo("10");
  await expect(current().locator(".prose-label")).toHaveText("9-14.");
  await expect(current()).toBeInViewport();
  await expect(current().locator('.prose-step[aria-current="step"]')).toHaveText("10");
  await current().locator(".prose-text").click();
  await expect(position()).toHaveText("Step 10 of 19");
  await prose().locator(".prose-text").first().click();
  await expect(position()).toHaveText("Step 1 of 19");
  await current().locator(".prose-step").nth(1).click();
  await expect(position()).toHaveText("Step 2 of 19");
});

test("W9 the paragraphs are one Tab stop, walked by the arrows", async () => {
  await open("Extending CPM 1-1 Session to a 1-N Session", 19);
  await goTo("1");
  await expect(prose().locator('.prose-label[tabindex="0"]')).toHaveCount(1);
  await prose().locator('.prose-label[tabindex="0"]').focus();
  await page.keyboard.press("ArrowDown");
  await expect(prose().locator(".prose-label:focus")).toHaveText("3-4.");
  await page.keyboard.press("Enter");
  await expect(position()).toHaveText("Step 3 of 19");
  await page.keyboard.press("ArrowUp");
  await expect(prose().locator(".prose-label:focus")).toHaveText("1-2.");
});

test("W7 scrolling by hand is left alone while the flow plays, until the person goes to a step", async () => {
  await open("Extending CPM 1-1 Session to a 1-N Session", 19);
  await page.locator(".canvas").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Space");
  await expect(position()).toHaveText("Step 1 of 19");
  await prose().hover();
  await page.mouse.wheel(0, 10_000);
  await expect
    .poll(() => prose().evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop))
    .toBeLessThan(2);
  const bottom = await prose().evaluate((box) => box.scrollTop);
  expect(bottom).toBeGreaterThan(0);
  await expect(position()).toHaveText("Step 3 of 19");
  await page.keyboard.press("Space");
  expect(await prose().evaluate((box) => box.scrollTop)).toBe(bottom);
  await page.keyboard.press("Home");
  await expect.poll(() => prose().evaluate((box) => box.scrollTop)).toBe(0);
});

test("W20, W23, W24 Why names rule, guards and message, with what changed, and the states", async () => {
  await open("CPM Pre-defined Group Session Invitation", 19);
  await tab("Why");
  await expect(page.getByText("Nothing has happened yet.")).toBeVisible();
  await goTo("4");
  const why = page.locator(".why");
  await expect(why.getByRole("region", { name: "Why it is sent" })).toContainText("PF-SELECT");
  await expect(why.getByRole("region", { name: "Why it is sent" })).toContainText("CPM Client B3");
  const message = why.getByRole("region", { name: "Message" });
  await expect(message.locator(".why-line").first()).toHaveText(/^INVITE sip:/);
  await goTo("5");
  await expect(message.locator(".why-line[data-changed]").first()).toContainText("Changed: ");
  const states = why.getByRole("region", { name: "States before and after" });
  await expect(states).toContainText("when it arrives");
  await expect(states.locator("ins").first()).toBeVisible();
  await expect(states).toContainText(/participants unchanged/);
});

test("W20 of a step of several hops one is chosen", async () => {
  await open("CPM Pre-defined Group Session Invitation", 19);
  await tab("Why");
  await goTo("12");
  const choice = page.getByRole("combobox", { name: "Hop" });
  await expect(choice).toHaveValue("0");
  const before = await page.locator(".why-sip").first().textContent();
  await choice.selectOption("1");
  await expect(page.locator(".why-sip").first()).not.toHaveText(before ?? "");
  await goTo("13");
  await expect(choice).toHaveCount(0);
});

test("W23 the message is copied", async () => {
  await open("CPM Pre-defined Group Session Invitation", 19);
  await tab("Why");
  await goTo("4");
  await page.getByRole("button", { name: "Copy" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await launched.app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^INVITE sip:/);
});

test("W41, W43, W49, W50 the network shows participants, the moving message and the media once it is up", async () => {
  await showNetwork();
  const network = page.locator(".network");
  await expect(network.locator("[data-participant]")).toHaveCount(7);
  await expect(network.getByText("Network B", { exact: true })).toBeVisible();
  await goTo("6");
  await expect(network.getByLabel(/^CPM Client B2, Client, network B, receives$/)).toBeVisible();
  await expect(network.locator(".network-label")).toContainText("CPM Session Invitation");
  await expect(network.locator(".react-flow .network-media")).toHaveCount(0);
  await goTo("19");
  await expect(network.locator(".react-flow .network-media")).not.toHaveCount(0);
  await page.keyboard.press("Home");
  await page.keyboard.press("Space");
  const token = network.locator(".network-token");
  await expect.poll(() => token.getAttribute("transform")).not.toBeNull();
  const first = await token.getAttribute("transform");
  await expect.poll(() => token.getAttribute("transform")).not.toBe(first);
  await page.keyboard.press("Space");
});

test("W50 with reduced motion the message does not move, and its way is still shown", async () => {
  await showNetwork();
  await page.emulateMedia({ reducedMotion: "reduce" });
  await goTo("3");
  await page.keyboard.press("ArrowRight");
  await expect(position()).toHaveText("Step 4 of 19");
  await expect(page.locator(".network-current-line")).toHaveCount(1);
  await expect(page.locator(".network-token")).toHaveCSS("display", "none");
  await page.emulateMedia({ reducedMotion: null });
});

test("W42 hidden cores are not in the network either", async () => {
  await showNetwork();
  const cores = page.getByRole("menuitemcheckbox", { name: "SIP/IP cores" });
  await page.getByTitle("What is shown").click();
  await cores.click();
  await expect(page.locator(".network [data-participant]")).toHaveCount(5);
  await cores.click();
  await page.keyboard.press("Escape");
  await expect(page.locator(".network [data-participant]")).toHaveCount(7);
});

test("W48 the participants of the network are one Tab stop, walked by the arrows", async () => {
  await showNetwork();
  const network = page.locator(".network");
  await expect(network.locator('[data-participant][tabindex="0"]')).toHaveCount(1);
  await network.locator('[data-participant="coreB"]').focus();
  await page.keyboard.press("ArrowUp");
  await expect(network.locator("[data-participant]:focus")).toHaveAttribute("data-participant", "pfB");
});

test.afterEach(async () => {
  await page.emulateMedia({ colorScheme: null });
});

for (const theme of ["light", "dark"] as const) {
  test(`no accessibility rule is broken in the ${theme} theme`, async () => {
    await page.emulateMedia({ colorScheme: theme });
    await expect(page.locator(`html[data-theme="${theme}"]`)).toHaveCount(1);
    await goTo("12");
    await tab("Why");
    await expect(page.locator(".why-section").last()).toBeVisible();
    expect(await breaches()).toEqual([]);
    await tab("Prose");
    await expect(current()).toBeVisible();
    expect(await breaches()).toEqual([]);
  });
}
