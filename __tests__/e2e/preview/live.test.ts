import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { Everything } from "../../support/everything";
import { everything, noon, other, panels } from "../../support/preview-dashboard";
import {
  chromiumProgram,
  installPreview,
  panel,
  previewDashboard,
  settled,
} from "../../support/preview-page";
import { describeWith } from "../../support/require-program";

jest.setTimeout(90_000);
/** All the JavaScript that is loaded before there are values, in bytes as sent by gzip. */
const mostScript = 800_000;

describeWith([chromiumProgram], "the preview's page while it is looked at", () => {
  installPreview();
  let site: Everything | undefined;
  let page: Page;
  const preview = () => {
    if (!site) throw new Error("The preview does not run.");
    return site.preview;
  };
  beforeAll(async () => {
    site = await Everything.start();
  });
  afterAll(() => site?.stop());
  afterEach(() => page.close());

  const open: Everything["open"] = (...how) => {
    if (!site) throw new Error("The preview does not run.");
    return site.open(...how);
  };
  const background = () => page.evaluate("getComputedStyle(document.documentElement).backgroundColor");

  it("shows a change by itself, where the reader is and with what they chose", async () => {
    page = await open("&var-service=c", { width: 1440, height: 700 });
    await page.getByRole("button", { name: /More/ }).press("Enter");
    await page.getByRole("button", { name: /Kinds/ }).press("Enter");
    await page.evaluate("window.scrollTo(0, 200)");
    const url = page.url();
    preview().source.change({
      dashboards: [everything("Changed"), other].map((json) => previewDashboard(json)),
    });
    await panel(page, panels.graph).getByText("Changed").waitFor();
    await settled(page);
    expect(page.url()).toBe(url);
    expect(await page.evaluate("window.scrollY")).toBe(200);
    const folds = `[...document.querySelectorAll("h2 > button")].map((each) => each.getAttribute("aria-expanded"))`;
    expect(await page.evaluate(folds)).toEqual(["true", "false"]);
    expect(site?.lastRate()).toMatch(/job=~"c"/);
  });

  it("says on the panel what the linter finds, and what is wrong with the sources", async () => {
    page = await open();
    const about = {
      panelId: panels.graph,
      panelTitle: "Requests",
      rule: "panel-unit",
      severity: "warning",
    } as const;
    const whole = { rule: "stable-uid", severity: "error", message: "has no uid" } as const;
    preview().source.change({
      dashboards: [everything(), other].map((json) => previewDashboard(json)),
      findings: { everything: [{ ...about, message: "has no unit" }, whole] },
    });
    await panel(page, panels.graph)
      .getByRole("button", { name: "1 finding of the linter: Requests" })
      .press("Enter");
    await page.getByText("has no unit").waitFor();
    await page.keyboard.press("Escape");
    await page.getByText(/The linter finds 2/).click();
    await page.getByText("has no uid").waitFor();
    preview().source.change({ findings: {} });
    await page.getByText(/The linter finds/).waitFor({ state: "detached" });
    preview().source.change({ problem: "dashboards/x.ts: a comma is missing" });
    const alert = page.getByRole("alert").filter({ hasText: "do not compile" });
    await alert.getByText("a comma is missing").waitFor();
    preview().source.change({ problem: undefined });
    await alert.waitFor({ state: "detached" });
  });

  it("says that there is no such dashboard", async () => {
    page = await preview().open("/d/none");
    await page.getByRole("alert").getByText("none").waitFor();
  });

  it("is as light or dark as the system, or as the address says", async () => {
    page = await open("", undefined, "light");
    const light = await background();
    await page.emulateMedia({ colorScheme: "dark" });
    await settled(page);
    const dark = await background();
    expect(dark).not.toBe(light);
    await page.getByRole("button", { name: "Light" }).press("Enter");
    await settled(page);
    expect(await background()).toBe(light);
    expect(new URL(page.url()).searchParams.get("theme")).toBe("light");
  });

  it("is reached by the keyboard alone, everywhere, and back", async () => {
    page = await open("", { width: 1440, height: 2_600 });
    const reached = new Set<string>();
    const name = `(() => {
      const it = document.activeElement;
      const label = it.getAttribute("aria-label") || it.labels?.[0]?.textContent || it.textContent || "";
      return it === document.body ? "" : [it.tagName, label.trim().slice(0, 60), it.closest("[data-viz-panel-key]")?.dataset.vizPanelKey ?? ""].join(" ");
    })()`;
    for (let presses = 0; presses < 200; presses++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate<string>(name);
      if (at === "" && presses > 20) break;
      reached.add(at);
    }
    const all = [...reached].join("\n");
    for (const wanted of [
      /^A Dashboards/m,
      /^BUTTON Light/m,
      /^BUTTON .*2026-01-15/m,
      /^BUTTON Refresh/m,
      /^SELECT Refresh every/m,
      /^INPUT .*Service/m,
      /^INPUT .*Instance/m,
      /^INPUT .*Least/m,
      /^INPUT .*Window/m,
      /^INPUT .*Alerts/m,
      /^A Other/m,
      /^BUTTON More/m,
      /^BUTTON .*HighLatency.* panel-1$/m,
      /^A .*trace panel-1$/m,
      /^BUTTON c panel-1$/m,
      /^BUTTON .*not drawn of Table panel-8$/m,
      /^BUTTON service panel-8$/m,
    ])
      expect(all).toMatch(wanted);
  });

  it("loads no more JavaScript than it may before there are values", async () => {
    const scripts = new Map<string, number>();
    const context = await preview().browser.newContext();
    page = await context.newPage();
    const loading: Promise<void>[] = [];
    page.on("response", (response) => {
      if (!response.url().endsWith(".js")) return;
      loading.push(response.body().then((body) => void scripts.set(response.url(), gzipSync(body).length)));
    });
    await page.goto(
      `${preview().server.url}/d/everything?from=${String((noon - 300) * 1_000)}&to=${String(noon * 1_000)}`,
    );
    await panel(page, panels.value).getByText("12.3").waitFor();
    await Promise.all(loading);
    const bytes = [...scripts.values()].reduce((sum, each) => sum + each, 0);
    process.stderr.write(`The page loads ${String(Math.round(bytes / 1_000))} kB of JavaScript, by gzip.\n`);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThanOrEqual(mostScript);
  });
});
