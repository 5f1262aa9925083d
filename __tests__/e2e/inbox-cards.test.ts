import type { Browser, Locator, Page } from "playwright-core";
import type { PostedAlert, TestAlertmanager } from "../support/alertmanager";
import { alertmanagerFor, everyReceiver } from "../support/alerts-to-inbox";
import {
  brokenRules,
  chromiumProgram,
  complaintsOf,
  fits,
  keepPicture,
  startBrowser,
} from "../support/browser-page";
import { loadEnvironments } from "../support/environments";
import { TestInbox } from "../support/inbox";
import { alertmanagerProgram } from "../support/programs";
import { describeWith } from "../support/require-program";

const limitMs = 120_000;
jest.setTimeout(limitMs);

const [local] = loadEnvironments("local");
const runbooksUrl = local?.runbooksUrl ?? "";
const dashboardsUrl = local?.grafana.url ?? "";

/** An alert as Prometheus sends it by the rules of `local`. */
function alertOf(service: string, severity: string): PostedAlert {
  return {
    labels: { alertname: "HighErrorRatio", severity, service, environment: "local" },
    annotations: {
      summary: `${service} answers with errors`,
      description: `33.4% of the requests to ${service} were answered with a status of 500 or above; at most 5% may be.`,
      runbook_url: `${runbooksUrl}/HighErrorRatio.md`,
      dashboard_url: `${dashboardsUrl}/d/service-health?var-service=${service}`,
    },
  };
}

const orders = alertOf("order-service", "critical");
const auth = alertOf("auth-service", "warning");

describeWith([chromiumProgram, alertmanagerProgram], "the inbox's cards of a real Alertmanager", () => {
  let browser: Browser;
  let inbox: TestInbox;
  let alertmanager: TestAlertmanager;
  let page: Page;
  let url: string;
  let complaints: readonly string[];

  beforeAll(async () => {
    browser = await startBrowser();
    // Nothing serves dashboards here.
    inbox = new TestInbox({ RUNBOOKS_URLS: runbooksUrl, UNSERVED_URLS: dashboardsUrl });
    url = await inbox.listen();
    alertmanager = await alertmanagerFor(inbox, url);
    await alertmanager.post([orders, auth, { labels: { alertname: "Watchdog", severity: "none" } }]);
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    complaints = complaintsOf(page);
    await page.goto(url);
    // One of each receiver, those of the warning, and the heartbeat.
    const warned = local?.alerting.routes.find(({ severity }) => severity === "warning")?.receivers ?? [];
    const count = everyReceiver.length + warned.length + 1;
    await page.getByText(`Live. ${String(count)} messages of 3 alerts.`).waitFor({ timeout: 30_000 });
  }, limitMs);
  afterAll(async () => {
    await page.close();
    await browser.close();
    await alertmanager.stop();
    await inbox.close();
  }, limitMs);

  const card = (name: string) =>
    page.locator("section > ol > li", { has: page.getByText(name, { exact: true }) });
  const ordersCard = () => card("HighErrorRatio · order-service · local");

  /** Opens the message to a receiver, and gives it. */
  async function opened(receiver: string): Promise<Locator> {
    const told = ordersCard().locator(".told");
    if ((await told.getAttribute("open")) === null) await told.locator("> summary").click();
    const message = told.locator(".message", { hasText: `to ${receiver}` }).last();
    if ((await message.getAttribute("open")) === null) await message.locator("> summary").click();
    await message.locator(".form > *").first().waitFor();
    return message.locator(".form");
  }

  it("tell of one alert in one card, with everybody who was told", async () => {
    expect(await page.locator("#firing h3").allTextContents()).toHaveLength(2);
    const receivers = (await inbox.messages())
      .filter(({ title }) => /order-service/.test(title))
      .map(({ receiver }) => receiver);
    expect(receivers).toHaveLength(everyReceiver.length);
    const told = await ordersCard().locator(".told > summary").textContent();
    expect(told).toBe(`Told: ${[...receivers].sort().join(", ")}`);
  });

  it("say what is wrong and where, with the number that was measured", async () => {
    const text = await ordersCard().innerText();
    for (const words of [
      "▲ firing",
      "critical",
      "order-service answers with errors",
      "33.4% of the requests",
    ]) {
      expect(text).toContain(words);
    }
    expect(await page.locator("#quiet h3").allTextContents()).toEqual(["Watchdog"]);
  });

  it("link to the runbook with the service filled in, to a silence, and to nothing that is not there", async () => {
    const links = ordersCard().locator(".links a");
    expect(await links.allTextContents()).toEqual(["Runbook", "Silence"]);
    expect(await links.first().getAttribute("href")).toBe(
      "runbooks/HighErrorRatio?service=order-service&environment=local",
    );
    const silence = decodeURIComponent((await links.last().getAttribute("href")) ?? "");
    expect(silence).toContain(
      '/#/silences/new?filter={alertname="HighErrorRatio",environment="local",service="order-service"}',
    );
    const [runbook] = await Promise.all([page.context().waitForEvent("page"), links.first().click()]);
    await runbook.waitForLoadState();
    expect(await runbook.locator("h1").textContent()).toBe("HighErrorRatio");
    expect(await runbook.locator("article").innerText()).toContain(
      "docker logs --since 15m local-order-service",
    );
    await runbook.close();
  });

  it.each([
    [
      "slack-critical",
      ".slack .attachment",
      ["[FIRING: 1] HighErrorRatio · order-service · local", "Summary: order-service"],
    ],
    [
      "discord-alerts",
      ".discord .embed",
      ["[FIRING: 1] HighErrorRatio · order-service · local", "Summary: order-service"],
    ],
    [
      "msteams-team",
      ".teams .adaptive-card",
      ["[FIRING: 1] HighErrorRatio · order-service · local", "Summary: order-service"],
    ],
    ["pagerduty-on-call", ".pagerduty", ["Triggered", "order-service answers with errors", "Severity"]],
    ["webhook-incidents", ".webhook", ["service=order-service", "severity=critical", "description"]],
  ])("show what went to %s as it looks there", async (receiver, look, words) => {
    const form = await opened(receiver);
    const text = await form.locator(look).innerText();
    for (const each of words) expect(text).toContain(each);
    expect(text).toContain("33.4% of the requests");
    // Marks are drawn, not shown.
    expect(text).not.toMatch(/\*|&amp;|<http|\]\(/);
    const runbook = form.locator("a", { hasText: /^(?:Runbook|http.*HighErrorRatio\.md)$/ });
    expect(await runbook.getAttribute("href")).toBe(
      "runbooks/HighErrorRatio?service=order-service&environment=local",
    );
    expect(await form.locator(`a[href^="${dashboardsUrl}"]`).count()).toBe(0);
  });

  it("have Slack's bar and Teams' heading in the colour of what fires", async () => {
    await opened("slack-critical");
    const bar = "getComputedStyle(document.querySelector('.slack .attachment')).borderLeftColor";
    expect(await page.evaluate(bar)).toBe("rgb(163, 2, 0)");
    expect(await (await opened("msteams-team")).locator(".attention.bolder").count()).toBe(1);
  });

  it("show a mail as its HTML, in a frame that can do nothing", async () => {
    const form = await opened("ops@example.com");
    const frame = form.locator("iframe");
    expect(await frame.getAttribute("sandbox")).toBe("allow-popups allow-popups-to-escape-sandbox");
    const path = (await frame.getAttribute("src")) ?? "";
    const answer = await fetch(`${url}/${path}`);
    expect(answer.headers.get("content-security-policy")).toMatch(
      /^sandbox (?!.*allow-scripts).*default-src 'none'/,
    );
    const mail = await browser.newPage();
    await mail.goto(`${url}/${path}`);
    expect(await mail.content()).toContain("[FIRING: 1] HighErrorRatio · order-service · local");
    expect(await mail.locator("a:visible").allTextContents()).toEqual(["Runbook", "Silence"]);
    await mail.close();
    expect(page.frames().map((each) => each.url())).toContain(`${url}/${path}`);
  });

  it("are complete for the keyboard alone", async () => {
    await page.goto(`${url}/?status=firing`);
    await ordersCard().waitFor();
    const focused = () =>
      page.evaluate<string>(
        "(document.activeElement.name || document.activeElement.id || document.activeElement.innerText).split('\\n')[0]",
      );
    const tabTo = async (wanted: RegExp) => {
      for (let steps = 0; steps < 60; steps += 1) {
        await page.keyboard.press("Tab");
        if (wanted.test(await focused())) return;
      }
      throw new Error(`The keyboard does not reach ${String(wanted)}.`);
    };
    await tabTo(/^service$/);
    await page.keyboard.type("order");
    await page.waitForURL(/service=order-service/);
    await tabTo(/^sound$/);
    await tabTo(/▲ firing/);
    await tabTo(/^Runbook$/);
    await tabTo(/^Silence$/);
    await tabTo(/^Told: /);
    await page.keyboard.press("Enter");
    await tabTo(/to slack-critical/);
    await page.keyboard.press("Enter");
    await page.locator(".slack").waitFor();
    await tabTo(/^\[FIRING: 1\] HighErrorRatio/);
    await tabTo(/^As it was sent$/);
    await page.keyboard.press("Enter");
    await page.getByText('"attachments": [').waitFor();
    await tabTo(/^Link to this alert$/);
    await page.goto(url);
  });

  it.each<["light" | "dark", number]>([
    ["light", 1440],
    ["dark", 1440],
    ["light", 360],
    ["dark", 360],
  ])(
    "are accessible with every message open, %s at %d px, and so is a runbook",
    async (colorScheme, width) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      for (const name of [...everyReceiver.filter((each) => each !== "email-ops"), "ops@example.com"])
        await opened(name);
      expect(await fits(page)).toBe(true);
      expect(await brokenRules(page)).toEqual([]);
      await keepPicture(page, `inbox-${colorScheme}-${String(width)}`);
      const runbook = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
      await runbook.goto(`${url}/runbooks/HighErrorRatio?service=order-service&environment=local`);
      expect(await fits(runbook)).toBe(true);
      expect(await brokenRules(runbook)).toEqual([]);
      await keepPicture(runbook, `runbook-${colorScheme}-${String(width)}`);
      await runbook.close();
    },
  );

  it("are folded in their place when all is over, and each receiver is told so", async () => {
    await alertmanager.post([{ ...orders, endsAt: new Date() }]);
    const over = page.locator("#resolved > ol > li");
    await over.waitFor({ timeout: 30_000 });
    expect(await over.locator("h3").textContent()).toBe("HighErrorRatio · order-service · local");
    expect(await page.locator("#firing h3").allTextContents()).toEqual([
      "HighErrorRatio · auth-service · local",
    ]);
    const end = Date.now() + 20_000;
    const resolved = async () => (await inbox.messages("?status=resolved")).length;
    while ((await resolved()) < everyReceiver.length && Date.now() < end) await page.waitForTimeout(200);
    expect(await resolved()).toBe(everyReceiver.length);
    expect(complaints).toEqual([]);
  });
});
