import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { brokenRules, chromiumProgram, complaintsOf, fits, startBrowser } from "../support/browser-page";
import { hostileTexts } from "../support/hostile-alerts";
import { TestInbox } from "../support/inbox";
import { postedKinds, postTo, type Told } from "../support/notifications";
import { describeWith } from "../support/require-program";

const limitMs = 90_000;
jest.setTimeout(limitMs);
const hostile = `<script>document.title="owned"</script><img src=x onerror='document.title="owned"'>`;
const title = "Inbox: what alerts were sent";

describeWith([chromiumProgram], "the inbox's page", () => {
  let browser: Browser;
  let inbox: TestInbox;
  let page: Page;
  let url: string;
  let complaints: readonly string[];

  beforeAll(async () => {
    browser = await startBrowser();
  }, limitMs);
  afterAll(() => browser.close(), limitMs);

  beforeEach(async () => {
    inbox = new TestInbox();
    url = await inbox.listen();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    complaints = complaintsOf(page);
    await page.goto(url);
    await says("Live. 0 messages of 0 alerts.");
  }, limitMs);
  afterEach(async () => {
    await page.close();
    await inbox.close();
  }, limitMs);

  const says = (state: string) => page.getByText(state, { exact: true }).waitFor();
  /** Waits until the page is as it shall be; the last look at it fails the test. */
  async function eventually<T>(look: () => Promise<T>, wanted: T): Promise<void> {
    const end = Date.now() + 10_000;
    while ((await look()) !== wanted && Date.now() < end) await sleep(100);
    expect(await look()).toBe(wanted);
  }
  /** Names of the cards that are shown. */
  const names = () => page.locator("li:not([hidden]) > .card h3").allTextContents();
  const note = (text: string, receiver = "ops") => inbox.post(`/slack/${receiver}`, { text });
  const tell = (told: Told, kinds?: string[]) => postTo(inbox, told, kinds);

  it("shows what comes, firing before resolved, each newest first, without being asked", async () => {
    await note("[FIRING:1] a\nfirst line");
    await note("[FIRING:1] b");
    await note("[FIRING:1] c");
    await note("[RESOLVED] b");
    await says("Live. 4 messages of 3 alerts.");
    expect(await names()).toEqual(["c", "a", "b"]);
    expect(await page.locator("h2:visible").allTextContents()).toEqual(["Firing (2)", "Resolved (1)"]);
    // In words, not by colour alone.
    expect(await page.locator(".card > summary .status").allTextContents()).toEqual([
      "▲ firing",
      "▲ firing",
      "✓ resolved",
    ]);
    // What is over is folded.
    expect(await page.locator(".card[open] h3").allTextContents()).toEqual(["c", "a"]);
    expect(await page.locator(".age").first().getAttribute("datetime")).toMatch(/Z$/);
    expect(await page.locator(".age").first().textContent()).toMatch(/^for \d+ s$/);
    expect(complaints).toEqual([]);
  });

  it("turns an alert that fires again to what it was, in the same card", async () => {
    await tell({}, ["slack"]);
    await tell({ status: "resolved" }, ["slack"]);
    await says("Live. 2 messages of 1 alert.");
    expect(await page.locator("#resolved li > .card[open]").count()).toBe(0);
    await tell({}, ["slack"]);
    await says("Live. 3 messages of 1 alert.");
    expect(await page.locator("#firing > ol > li > .card[open]").count()).toBe(1);
    await page.getByText("Told: slack-ops").click();
    expect(await page.locator(".message .status").allTextContents()).toEqual([
      "▲ firing",
      "✓ resolved",
      "▲ firing",
    ]);
    expect(complaints).toEqual([]);
  });

  it("filters by service, receiver and status, by keyboard, and keeps the choice in the address", async () => {
    await tell({}, ["slack", "pagerduty"]);
    await tell({ service: "auth-service" }, ["webhook"]);
    await tell({ service: "auth-service", alertname: "HighLatency", status: "resolved" }, ["discord"]);
    await says("Live. 4 messages of 3 alerts.");
    await page.getByLabel("Service").focus();
    await page.keyboard.type("auth");
    await says("Live. 4 messages of 2 of 3 alerts.");
    expect(new URL(page.url()).search).toBe("?service=auth-service");
    await page.getByLabel("Status").selectOption("firing");
    await says("Live. 4 messages of 1 of 3 alerts.");
    expect(await names()).toEqual(["HighErrorRatio · auth-service · local"]);
    // The filter holds for what comes after it, and after a reload.
    await tell({ service: "product-service" }, ["slack"]);
    await says("Live. 5 messages of 1 of 4 alerts.");
    await page.reload();
    await says("Live. 5 messages of 1 of 4 alerts.");
    expect(await names()).toEqual(["HighErrorRatio · auth-service · local"]);
    await page.goto(`${url}/?receiver=slack-ops`);
    await says("Live. 5 messages of 2 of 4 alerts.");
  });

  it("links a card to itself, whatever the filter is", async () => {
    await tell({ status: "resolved" }, ["slack"]);
    await tell({ service: "auth-service" }, ["slack"]);
    await says("Live. 2 messages of 2 alerts.");
    const link = await page.locator("#resolved .permalink").getAttribute("href");
    await page.goto("about:blank");
    await page.goto(`${url}/?service=auth-service${link ?? ""}`);
    const card = page.locator("#resolved li > .card[open]");
    await card.waitFor();
    expect(await card.locator("h3").textContent()).toBe("HighErrorRatio · order-service · local");
    expect(await page.evaluate("document.activeElement.closest('li').id")).toBe(link?.slice(1));
    await page.goto("about:blank");
    await page.goto(`${url}/#000000000000`);
    await page.getByText("The alert that the address names is not here any more.").waitFor();
  });

  it("counts in its title what nobody has turned to", async () => {
    const waitForTitle = (wanted: string) => eventually(() => page.title(), wanted);
    await tell({});
    await waitForTitle(`(1) ${title}`);
    // What is told again is no news.
    await tell({}, ["slack"]);
    await tell({ service: "auth-service" });
    await waitForTitle(`(2) ${title}`);
    await page.locator("#firing h3").first().click();
    await waitForTitle(`(1) ${title}`);
    await page.reload();
    await waitForTitle(`(1) ${title}`);
    await page.getByRole("button", { name: "Mark all as read" }).press("Enter");
    await waitForTitle(title);
    await tell({ status: "resolved" });
    await waitForTitle(`(1) ${title}`);
    // A sign of life is nothing to turn to.
    await tell({ alertname: "Watchdog", severity: "none" }, ["webhook"]);
    await page.getByText("Signs of life (1)").waitFor();
    await waitForTitle(`(1) ${title}`);
  });

  it("has a sound, off by default and remembered, for what begins to fire", async () => {
    await page.addInitScript(`
      window.tones = 0;
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (...args) { window.tones += 1; return start.apply(this, args); };
    `);
    await page.reload();
    await says("Live. 0 messages of 0 alerts.");
    const tones = () => page.evaluate<number>("window.tones");
    await tell({});
    const all = postedKinds.length;
    await says(`Live. ${String(all)} messages of 1 alert.`);
    expect(await tones()).toBe(0);
    await page.getByLabel("Sound").check();
    expect(await tones()).toBe(2);
    await page.reload();
    await says(`Live. ${String(all)} messages of 1 alert.`);
    expect(await page.getByLabel("Sound").isChecked()).toBe(true);
    expect(await tones()).toBe(0);
    // Once, however many receivers are told; not when it is over.
    await tell({ service: "auth-service" });
    await says(`Live. ${String(2 * all)} messages of 2 alerts.`);
    await tell({ service: "auth-service", status: "resolved" });
    await says(`Live. ${String(3 * all)} messages of 2 alerts.`);
    expect(await tones()).toBe(2);
  });

  it("shows markup as text, in every kind and everywhere", async () => {
    for (const text of [hostile, ...Object.values(hostileTexts)]) {
      await tell({ summary: text, description: text, service: text, alertname: text.slice(0, 50) });
      await inbox.post("/slack/ops", {
        attachments: [{ title: text, text, fields: [{ title: text, value: text }] }],
      });
      await inbox.post("/webhook/ops", { hostile: text });
    }
    const { length } = await inbox.messages();
    await page.getByText(`Live. ${String(length)} messages of `).waitFor();
    // Cards, and then the messages in them.
    for (const which of ["details.card, details.told", "details.message"]) {
      await page.evaluate(`for (const each of document.querySelectorAll("${which}")) each.open = true`);
      await page.locator("details.message").first().waitFor();
    }
    await eventually(() => page.evaluate<number>("document.querySelectorAll('.form:empty').length"), 0);
    expect(await page.locator(".form").count()).toBe(length);
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await fits(page)).toBe(true);
    expect(await page.title()).not.toContain("owned");
    expect(await page.locator("main script, main img, main style, main link").count()).toBe(0);
    const hrefs = await page.evaluate<string[]>(
      "[...document.querySelectorAll('main a[href]')].map((each) => each.getAttribute('href'))",
    );
    expect(hrefs.length).toBeGreaterThan(100);
    expect(hrefs.filter((href) => !/^(?:https?:\/\/|#|runbooks\/)/.test(href))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("misses nothing that came while it was not connected", async () => {
    await note("a");
    await says("Live. 1 message of 1 alert.");
    await page.context().setOffline(true);
    const cut = page.getByText("Not connected, trying again.");
    inbox.dropStreams();
    await cut.waitFor();
    await note("b");
    await page.context().setOffline(false);
    await says("Live. 2 messages of 2 alerts.");
    expect(await names()).toEqual(["b", "a"]);
  });

  it("deletes all messages", async () => {
    await note("a");
    await says("Live. 1 message of 1 alert.");
    await page.getByRole("button", { name: "Delete all messages" }).press("Enter");
    await says("Live. 0 messages of 0 alerts.");
    expect(await inbox.messages()).toEqual([]);
    expect(await names()).toEqual([]);
  });

  it("draws with 200 alerts, each to four receivers, no more for a message than with a few", async () => {
    await page.evaluate(`
      window.drawn = 0;
      new MutationObserver((records) => {
        for (const { addedNodes } of records) window.drawn += addedNodes.length;
      }).observe(document.body, { childList: true, subtree: true });
    `);
    const drawnFor = async (from: number, to: number): Promise<number> => {
      const before = await page.evaluate<number>("window.drawn");
      for (let number = from; number < to; number += 1)
        await tell({ service: `service-${String(number)}` }, ["slack", "msteams", "pagerduty", "webhook"]);
      await says(`Live. ${String(to * 4)} messages of ${String(to)} alerts.`);
      return (await page.evaluate<number>("window.drawn")) - before;
    };
    const first = await drawnFor(0, 100);
    const second = await drawnFor(100, 200);
    process.stdout.write(
      `Nodes drawn for 100 alerts to four receivers: ${String(first)}, then ${String(second)}\n`,
    );
    expect(first).toBeGreaterThan(100);
    // Three times as many, were all that are there drawn again with each.
    expect(second).toBeLessThan(2 * first);
    // Another service is looked for, and the oldest card is opened.
    await page.getByLabel("Service").selectOption("service-7");
    await says("Live. 800 messages of 1 of 200 alerts.");
    await page.reload();
    await says("Live. 800 messages of 1 of 200 alerts.");
    expect(complaints).toEqual([]);
  });

  it.each<["light" | "dark", number]>([
    ["light", 1440],
    ["dark", 1440],
    ["light", 360],
    ["dark", 360],
  ])("of another's messages is accessible, %s at %d px", async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    for (const text of ["[FIRING:1] HighErrorRate", "[RESOLVED] HighErrorRate", "x".repeat(300), "deployed"])
      await note(`${text}\ntext`);
    await says("Live. 4 messages of 3 alerts.");
    expect(await fits(page)).toBe(true);
    expect(await brokenRules(page)).toEqual([]);
  });
});
