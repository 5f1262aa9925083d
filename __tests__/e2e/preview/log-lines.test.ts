import { notShown } from "../../../preview/page/dashboard/log-lines";
import { FakePrometheus } from "../../support/fake-prometheus";
import {
  chromiumProgram,
  installPreview,
  panel,
  previewDashboard,
  settled,
  TestPreview,
} from "../../support/preview-page";
import { describeWith } from "../../support/require-program";

jest.setTimeout(240_000);

const loki = { type: "loki", uid: "${loki}" };
const prometheus = { type: "prometheus", uid: "${datasource}" };
const chooser = (name: string, type: string, label: string) => ({
  name,
  type: "datasource",
  query: type,
  label,
});
const place = (x: number) => ({ x, y: 0, w: 8, h: 8 });

/** A panel of series beside two of log lines. */
const dashboard = {
  uid: "lines",
  title: "Lines",
  templating: {
    list: [chooser("datasource", "prometheus", "Data source"), chooser("loki", "loki", "Log lines")],
  },
  panels: [
    {
      id: 1,
      type: "stat",
      title: "Up",
      datasource: prometheus,
      gridPos: place(0),
      targets: [{ refId: "A", expr: "up" }],
    },
    {
      ...{ id: 2, type: "timeseries", title: "Rate of lines", datasource: loki, gridPos: place(8) },
      targets: [{ refId: "A", expr: 'rate({container="a"} [1m])' }],
    },
    {
      ...{ id: 3, type: "logs", title: "Newest lines", datasource: loki, gridPos: place(16) },
      targets: [{ refId: "A", expr: '{container="a"}' }],
    },
  ],
};

describeWith([chromiumProgram], "panels on log lines in the preview", () => {
  installPreview();
  it("have a note in their place, and nobody is asked for them", async () => {
    const answering = new FakePrometheus(() => ({ data: { resultType: "matrix", result: [] } }));
    const preview = await TestPreview.start(
      { dashboards: [previewDashboard(dashboard)] },
      await answering.listen(),
      { scrapeIntervalSeconds: 15 },
    );
    try {
      const page = await preview.open("/d/lines/slug");
      await settled(page);
      for (const id of [2, 3]) expect(await panel(page, id).textContent()).toContain(notShown);
      expect(await panel(page, 1).textContent()).not.toContain(notShown);
      expect(await page.getByText("Log lines", { exact: true }).count()).toBe(0);
      expect(await page.getByText("Data source", { exact: true }).count()).toBe(1);
      expect(new Set(answering.expressions())).toEqual(new Set(["up"]));
      expect(preview.complaints).toEqual([]);
    } finally {
      await preview.stop();
      await answering.close();
    }
  });
});
