import type { Page } from "playwright-core";
import { Everything } from "../../support/everything";
import { panels, traceId } from "../../support/preview-dashboard";
import { chromiumProgram, installPreview, panel } from "../../support/preview-page";
import { describeWith } from "../../support/require-program";
import { until } from "../../support/until";

jest.setTimeout(90_000);

describeWith([chromiumProgram], "what the preview's panels say besides their values", () => {
  installPreview();
  let site: Everything | undefined;
  let page: Page;
  beforeAll(async () => {
    site = await Everything.start();
    page = await site.open("", { width: 1440, height: 2_600 });
  });
  afterAll(() => site?.stop());

  it("is an annotation with what it says, until it is switched off", async () => {
    const mark = panel(page, panels.graph).getByRole("button", { name: /HighLatency/ });
    expect(await mark.getAttribute("aria-label")).toBe(
      "HighLatency, critical c, 2026-01-15 11:58:00 to 2026-01-15 12:01:00",
    );
    await mark.focus();
    await page.getByRole("tooltip").getByText("critical c").waitFor();
    await page.getByLabel("Alerts").uncheck();
    await mark.waitFor({ state: "detached" });
    await page.getByLabel("Alerts").check();
    await mark.waitFor();
  });

  it("is each exemplar, which leads to its trace", async () => {
    const marks = panel(page, panels.graph).getByRole("link", { name: /trace$/ });
    expect(await marks.count()).toBe(2);
    expect(await marks.first().getAttribute("href")).toBe(`http://127.0.0.1:16686/trace/${traceId}`);
    expect(await marks.first().getAttribute("aria-label")).toBe("4 req/s at 2026-01-15 12:00:00, trace");
    await marks.first().hover();
    await page.getByRole("tooltip").getByText(traceId).waitFor();
    await marks.first().focus();
    await page.keyboard.press("ArrowRight");
    const focused = await page.evaluate(`document.activeElement.getAttribute("aria-label")`);
    expect(focused).toBe(await marks.last().getAttribute("aria-label"));
  });

  it("is the cell of a heatmap below the pointer, and its scale", async () => {
    const heat = panel(page, panels.heat);
    expect(
      (await heat.locator(".heatmap-scale > span").allInnerTexts()).filter((text) => text !== ""),
    ).toEqual(["3", "7"]);
    const box = await heat.locator(".u-over").boundingBox();
    if (!box) throw new Error("There is no heatmap.");
    // Three buckets of equal height: the middle one is above 0.1 s, up to 0.5 s.
    await page.mouse.move(box.x + box.width * 0.8, box.y + box.height / 2);
    const tooltip = page.locator(".heatmap-tooltip");
    await tooltip.getByText("100 ms to 500 ms: 7").waitFor();
    expect(await tooltip.locator(".heatmap-histogram span").count()).toBe(3);
    await page.mouse.move(0, 0);
    await tooltip.waitFor({ state: "detached" });
    // The keyboard leads there, too.
    await page.keyboard.press("Shift");
    await heat.locator(".uplot").focus();
    await tooltip.getByText("100 ms to 500 ms: 7").waitFor();
    await page.keyboard.press("Tab");
  });

  it("is the values of all series at the pointer, the greatest first", async () => {
    const box = await panel(page, panels.graph).locator(".u-over").boundingBox();
    if (!box) throw new Error("There is no graph.");
    await page.mouse.move(box.x + box.width * 0.8, box.y + 20);
    await page.getByText("2026-01-15 12:03:00", { exact: true }).waitFor();
    const told = (await page.locator("body").innerText()).replace(/\s+/g, " ");
    expect(told).toMatch(/2026-01-15 12:03:00 c 5 req\/s before 2 req\/s d [01] req\/s/);
    await page.mouse.move(0, 0);
  });

  it("is the colours of limits and of overrides", async () => {
    const graph = panel(page, panels.graph);
    const icons = await graph
      .getByTestId("series-icon")
      .evaluateAll((all) =>
        all.map((icon) => (icon as unknown as { style: { background: string } }).style.background),
      );
    expect([icons[0], icons[2]]).toEqual(["rgb(0, 114, 178)", "rgb(142, 142, 142)"]);
    const color = await page.evaluate(
      `getComputedStyle([...document.querySelectorAll('[data-viz-panel-key="panel-${String(panels.value)}"] span')].find(({ textContent }) => textContent === "12.3")).color`,
    );
    expect(color).toBe("rgb(204, 121, 167)");
    // The limit of 10 is half-way up an axis that ends at 20.
    const graphElement = `document.querySelector('[data-viz-panel-key="panel-${String(panels.graph)}"]')`;
    const limit = await page.evaluate(`(() => {
      const canvas = ${graphElement}.querySelector("canvas");
      const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const rows = [];
      for (let at = 0; at < data.length; at += 4)
        if (Math.abs(data[at] - 204) + Math.abs(data[at + 1] - 121) + Math.abs(data[at + 2] - 167) < 60) rows.push(Math.floor(at / 4 / width));
      return rows.length < 20 ? undefined : rows.reduce((sum, row) => sum + row, 0) / rows.length;
    })()`);
    const place = await page.evaluate(`(() => {
      const over = ${graphElement}.querySelector(".u-over");
      return (over.offsetTop + over.clientHeight / 2) * devicePixelRatio;
    })()`);
    expect(Math.abs(Number(limit) - Number(place))).toBeLessThan(3);
  });

  it("is why a query failed, that there is nothing, and what is not drawn", async () => {
    const text = (id: number) => panel(page, id).innerText();
    expect(await text(panels.broken)).toMatch(/parse error: unclosed left parenthesis/);
    expect(await text(panels.empty)).toMatch(/No data/);
    expect(await text(panels.strange)).toMatch(/Panels of the kind "nodeGraph" are not drawn here/);
    await panel(page, panels.table)
      .getByRole("button", { name: /not drawn of Table/ })
      .press("Enter");
    await page.getByText("Transformations are not made: spatial.").waitFor();
    await page.keyboard.press("Escape");
    await page
      .getByText('The variable filters is of the kind "adhoc", which the preview does not have.')
      .waitFor();
  });

  it("is a table without the columns that were taken out, sorted by a head", async () => {
    const table = panel(page, panels.table);
    const rows = () => table.locator("tbody tr").allTextContents();
    expect((await table.locator("th").allInnerTexts()).map((text) => text.trim())).toEqual([
      "service",
      "Value",
    ]);
    expect(await rows()).toEqual(["c12.3 req/s", "d56.8 req/s"]);
    const head = table.getByRole("button", { name: "Value" });
    await head.press("Enter");
    await head.press("Enter");
    expect(await rows()).toEqual(["d56.8 req/s", "c12.3 req/s"]);
  });

  it("is gauges, bars and a text, whose script does not run", async () => {
    expect(await panel(page, panels.gauge).getByRole("img", { name: "c 12.3 req/s" }).count()).toBe(1);
    expect(await panel(page, panels.bars).innerText()).toMatch(/56\.8 req\/s/);
    expect(await panel(page, panels.words).locator("strong").innerText()).toBe("All");
    expect(await page.title()).toBe("Everything - Dashboards");
  });

  it("hides all series but one, and shows them again", async () => {
    const graph = panel(page, panels.graph);
    const one = graph.getByRole("button", { name: "d", exact: true });
    const axis = () =>
      graph
        .locator("canvas")
        .evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL());
    const both = await axis();
    await one.press("Enter");
    await until(async () => (await axis()) !== both);
    expect(await graph.locator("tbody tr").count()).toBe(3);
    await one.press("Enter");
    await until(async () => (await axis()) === both);
  });
});
