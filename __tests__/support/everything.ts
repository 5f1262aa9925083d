import type { Page } from "playwright-core";
import type { FakePrometheus } from "./fake-prometheus";
import { everything, everythingsPrometheus, other, tenMinutes } from "./preview-dashboard";
import { previewDashboard, settled, TestPreview } from "./preview-page";

/** The preview of the dashboard with something of everything, and what it asks. */
export class Everything {
  private constructor(
    readonly preview: TestPreview,
    readonly prometheus: FakePrometheus,
  ) {}

  static async start(): Promise<Everything> {
    const prometheus = everythingsPrometheus();
    const dashboards = [everything(), other].map((json) => previewDashboard(json));
    const settings = { scrapeIntervalSeconds: 15, jaegerUrl: "http://127.0.0.1:16686" };
    const preview = await TestPreview.start({ dashboards }, await prometheus.listen(), settings);
    return new Everything(preview, prometheus);
  }

  async stop(): Promise<void> {
    await this.preview.stop();
    await this.prometheus.close();
  }

  /** Opens it for ten minutes, with what is to be added to the address. */
  async open(
    more = "",
    viewport = { width: 1440, height: 1_200 },
    scheme: "light" | "dark" = "dark",
  ): Promise<Page> {
    const page = await this.preview.open(`/d/everything/slug?${tenMinutes}${more}`, viewport, scheme);
    await settled(page);
    return page;
  }

  /** The last expression of the graph that was asked for. */
  lastRate(): string | undefined {
    return this.prometheus
      .expressions()
      .filter((expr) => expr.startsWith("rate(requests"))
      .at(-1);
  }
}
