import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import { chromium, type Browser, type Page } from "playwright-core";
import { TestInbox } from "../support/inbox";
import { findProgram } from "../../operations/find-program";
import { describeWith } from "../support/require-program";

const limitMs = 90_000;
const hostile = `<script>document.title="owned"</script><img src=x onerror='document.title="owned"'>`;

describeWith([{ name: "chromium", hint: "Get it: apt-get install chromium" }], "the inbox's page", () => {
  let browser: Browser;
  let inbox: TestInbox;
  let page: Page;
  let url: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: findProgram("chromium") ?? "",
      args: ["--no-sandbox"],
      timeout: limitMs,
    });
  }, limitMs);
  afterAll(() => browser.close(), limitMs);

  beforeEach(async () => {
    complaints.length = 0;
    inbox = new TestInbox();
    url = await inbox.listen();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(url);
    await page.getByText("Live. 0 messages.").waitFor();
  }, limitMs);
  afterEach(async () => {
    await page.close();
    await inbox.close();
  }, limitMs);

  /** Titles of the messages that are shown. */
  const titles = () => page.getByRole("heading", { level: 3 }).allTextContents();
  const note = (text: string, receiver = "ops") => inbox.post(`/slack/${receiver}`, { text });

  it(
    "shows what comes, newest first, without being asked",
    async () => {
      await note("[FIRING:1] a\nfirst line");
      await note("[RESOLVED] a");
      await page.getByText("Live. 2 messages.").waitFor();
      expect(await titles()).toEqual(["[RESOLVED] a", "[FIRING:1] a"]);
      // In words, not by colour alone.
      expect(await page.locator(".status").allTextContents()).toEqual(["✓ resolved", "▲ firing"]);
      expect(await page.locator("time").first().getAttribute("datetime")).toMatch(/Z$/);
      await page.locator("summary").last().press("Enter");
      await page.getByText('"text": "[FIRING:1] a\\nfirst line"').waitFor();
      expect(complaints).toEqual([]);
    },
    limitMs,
  );

  it(
    "filters by receiver and by status",
    async () => {
      await note("[FIRING:1] a");
      await note("[RESOLVED] b", "other");
      await note("[FIRING:1] c", "other");
      await page.getByText("Live. 3 messages.").waitFor();
      await page.getByLabel("Receiver").selectOption("other");
      await page.getByText("Live. 2 of 3 messages.").waitFor();
      await page.getByLabel("Status").selectOption("firing");
      await page.getByText("Live. 1 of 3 messages.").waitFor();
      expect(await titles()).toEqual(["[FIRING:1] c"]);
      // The filter holds for what comes after it.
      await note("[FIRING:1] d");
      await page.getByText("Live. 1 of 4 messages.").waitFor();
    },
    limitMs,
  );

  it(
    "shows markup as text",
    async () => {
      await note(hostile, encodeURIComponent(hostile).slice(0, 150));
      await page.getByText("Live. 1 message.").waitFor();
      expect(await titles()).toEqual([hostile]);
      expect(await page.title()).toBe("Inbox: what alerts were sent");
      expect(await page.locator("main script, main img").count()).toBe(0);
      expect(complaints).toEqual([]);
    },
    limitMs,
  );

  it(
    "misses nothing that came while it was not connected",
    async () => {
      await note("a");
      await page.getByText("Live. 1 message.").waitFor();
      await page.context().setOffline(true);
      const cut = page.getByText("Not connected, trying again.");
      inbox.dropStreams();
      await cut.waitFor();
      await note("b");
      await page.context().setOffline(false);
      await page.getByText("Live. 2 messages.").waitFor();
      expect(await titles()).toEqual(["b", "a"]);
    },
    limitMs,
  );

  it(
    "deletes all messages",
    async () => {
      await note("a");
      await page.getByText("Live. 1 message.").waitFor();
      await page.getByRole("button", { name: "Delete all messages" }).press("Enter");
      await page.getByText("Live. 0 messages.").waitFor();
      expect(await inbox.messages()).toEqual([]);
    },
    limitMs,
  );

  it.each<["light" | "dark", number]>([
    ["light", 1280],
    ["dark", 1280],
    ["light", 360],
    ["dark", 360],
  ])(
    "is accessible, %s at %d px",
    async (colorScheme, width) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      for (const title of ["[FIRING:1] HighErrorRate", "[RESOLVED] HighErrorRate", "x".repeat(300)])
        await note(`${title}\ntext`);
      await page.getByText("Live. 3 messages.").waitFor();
      await page.locator("summary").first().click();
      if (process.env.PICTURES) {
        await page.screenshot({
          path: `${process.env.PICTURES}/inbox-${colorScheme}-${String(width)}.png`,
          fullPage: true,
        });
      }
      expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      // By the debugger: the page's own policy lets in no script.
      await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
      const { violations, passes } = await page.evaluate<AxeResults>("axe.run()");
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(passes.map(({ id }) => id)).toContain("color-contrast");
    },
    limitMs,
  );
});
