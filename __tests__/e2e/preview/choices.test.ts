import type { Page } from "playwright-core";
import { Everything } from "../../support/everything";
import { noon, panels } from "../../support/preview-dashboard";
import { chromiumProgram, installPreview, panel } from "../../support/preview-page";
import { describeWith } from "../../support/require-program";
import { until } from "../../support/until";

jest.setTimeout(90_000);

describeWith([chromiumProgram], "what the reader of the preview chooses", () => {
  installPreview();
  let site: Everything | undefined;
  let page: Page;
  const everything = () => {
    if (!site) throw new Error("The preview does not run.");
    return site;
  };
  beforeAll(async () => {
    site = await Everything.start();
  });
  afterAll(() => site?.stop());
  afterEach(() => page.close());

  const query = () => new URL(page.url()).searchParams;

  it("is all values at first, a constant, a text and an interval among them", async () => {
    page = await everything().open();
    expect(everything().lastRate()).toBe(
      'rate(requests{job=~"(a\\\\.b|c|d)", instance=~".*", fixed="constant-value"}[1m]) > 0',
    );
    expect(
      everything()
        .prometheus.asked.find(({ path }) => path === "/label/instance/values")
        ?.parameters.get("match[]"),
    ).toBe('up{job=~"(a\\\\.b|c|d)"}');
  });

  it("comes from the address, one, several and chained", async () => {
    page = await everything().open(
      "&var-service=c&var-instance=c:1&var-instance=c:2&var-least=3&var-window=5m",
      { width: 1440, height: 2_600 },
    );
    expect(everything().lastRate()).toBe(
      'rate(requests{job=~"c", instance=~"(c:1|c:2)", fixed="constant-value"}[5m]) > 3',
    );
    await page.getByText("It is c").waitFor();
    expect(await page.title()).not.toBe("owned");
  });

  it("is made by the keyboard, and stands in the address and in the choices that hang on it", async () => {
    page = await everything().open();
    await page.getByRole("combobox", { name: "Service" }).press("ArrowDown");
    await page.keyboard.type("c");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await until(() => query().getAll("var-service").join() === "c");
    await until(() => everything().lastRate()?.includes('job=~"c"') === true);
    await page.getByRole("combobox", { name: "Instance" }).press("ArrowDown");
    await page.getByRole("option", { name: "c:2" }).waitFor();
    // Back leads back.
    await page.keyboard.press("Escape");
    await page.goBack();
    await until(() => everything().lastRate()?.includes("(a\\\\.b|c|d)") === true);
  });

  it("of a time is made by keyboard and by drawing over a graph", async () => {
    page = await everything().open();
    const over = panel(page, panels.graph).locator(".u-over");
    const box = await over.boundingBox();
    if (!box) throw new Error("There is no graph.");
    const at = (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const;
    await page.mouse.move(...at(0.25));
    await page.mouse.down();
    await page.mouse.move(...at(0.5), { steps: 4 });
    await page.mouse.up();
    await until(() => timeOf(query(), "from") !== noon - 300);
    expect(Math.abs(timeOf(query(), "from") - (noon - 150))).toBeLessThan(5);
    expect(Math.abs(timeOf(query(), "to") - noon)).toBeLessThan(5);
    await page.getByRole("button", { name: /^2026-01-15/ }).press("Enter");
    await page.getByText("Last 15 minutes").first().click();
    await until(() => query().get("from") === "now-15m" && query().get("to") === "now");
  });

  it("goes with the links, and back", async () => {
    page = await everything().open("&var-service=c&var-service=d&theme=light");
    const link = page.getByRole("link", { name: "Other" });
    const address = new URL((await link.getAttribute("href")) ?? "", page.url());
    expect(address.pathname).toBe("/d/other");
    expect(address.searchParams.getAll("var-service")).toEqual(["c", "d"]);
    expect([timeOf(address.searchParams, "from"), timeOf(address.searchParams, "to")]).toEqual([
      noon - 300,
      noon + 300,
    ]);
    expect(address.searchParams.get("theme")).toBe("light");
    await link.press("Enter");
    await page.getByRole("heading", { name: "Other", level: 1 }).waitFor();
    await page.getByRole("link", { name: "Dashboards" }).press("Enter");
    await page.getByRole("link", { name: "Everything" }).press("Enter");
    await page.getByRole("heading", { name: "Everything", level: 1 }).waitFor();
  });

  it("is what is folded: what is out of sight asks nothing", async () => {
    page = await everything().open();
    const asked = () => everything().prometheus.expressions().includes("hidden");
    const before = asked();
    const row = page.getByRole("heading", { level: 2, name: /More/ }).getByRole("button");
    expect([await row.getAttribute("aria-expanded"), before]).toEqual(["false", false]);
    await row.press("Enter");
    await panel(page, panels.hidden).getByText("12.3").waitFor();
    expect(await row.getAttribute("aria-expanded")).toBe("true");
    await row.press("Space");
    expect(await panel(page, panels.hidden).count()).toBe(0);
  });

  it("is how often it comes anew, and now", async () => {
    page = await everything().open();
    await page.getByLabel("Refresh every").selectOption("");
    await until(() => query().get("refresh") === "");
    const count = everything().prometheus.asked.length;
    await page.getByRole("button", { name: "Refresh", exact: true }).press("Enter");
    await until(() => everything().prometheus.asked.length > count);
  });

  it("is one panel alone, and no bars", async () => {
    page = await everything().open(`&viewPanel=${String(panels.value)}&kiosk`);
    expect(await page.locator("[data-viz-panel-key]").count()).toBe(1);
    expect(await page.getByRole("link", { name: "Dashboards" }).count()).toBe(0);
    await panel(page, panels.value).getByText("12.3").waitFor();
  });
});

/** A time of an address in Unix seconds; it may stand there as milliseconds or as a date. */
function timeOf(query: URLSearchParams, name: string): number {
  const text = query.get(name) ?? "";
  return (/^\d+$/.test(text) ? Number(text) : Date.parse(text)) / 1_000;
}
