import type { IncomingMessage, ServerResponse } from "node:http";
import { EnvironmentSource } from "../../preview/server/environment-source";
import { previewHandler, type PreviewHandler } from "../../preview/server/handler";
import { previewState } from "../../preview/server/installation";
import { settingsOf } from "../../preview/server/settings";
import type { PreviewSource } from "../../preview/server/source";
import type { Demo } from "../demo";
import { fasterDashboards } from "../speed/faster-dashboards";
import { html } from "../../services/platform/page/html";

/** How often it is looked at most whether the preview has been installed. */
const lookMs = 2_000;

/** The dashboards beside the demo's page, drawn by the preview where that is installed. */
export class DashboardPages {
  private preview: { readonly handler: PreviewHandler; readonly source: PreviewSource } | undefined;
  private looked: { readonly at: number; readonly notHere: string | undefined } | undefined;

  /** @param installed whether the preview can draw. Default: looks for it now and again */
  constructor(
    private readonly demo: Demo,
    private readonly installed: () => boolean = () => previewState() === "ready",
  ) {}

  /** How they are come by, as a sentence, where they are not here; undefined where they are. */
  get notHere(): string | undefined {
    if (this.preview) return undefined;
    if (!this.demo.prometheus) return "The dashboards need Prometheus, which is missing.";
    if (!this.looked || Date.now() - this.looked.at > lookMs) {
      this.looked = { at: Date.now(), notHere: this.installed() ? undefined : comesWith };
    }
    return this.looked.notHere;
  }

  /** Answers a request that is for them, else returns false. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    if (!isAboutDashboards(request) || this.notHere !== undefined) return false;
    return this.started()?.handle(request, response) ?? false;
  }

  async close(): Promise<void> {
    this.preview?.handler.close();
    await this.preview?.source.close();
  }

  /** Only when somebody looks: the sources are compiled for it, and watched. */
  private started(): PreviewHandler | undefined {
    const { prometheus, alertmanagers, environment, speed } = this.demo;
    if (!prometheus) return undefined;
    if (!this.preview) {
      const source = fasterDashboards(new EnvironmentSource(environment.name), speed);
      const { scrapeIntervalSeconds } = settingsOf(environment);
      const [alertmanager] = alertmanagers;
      const handler = previewHandler({
        source,
        prometheus: new URL(prometheus.url),
        settings: {
          scrapeIntervalSeconds: scrapeIntervalSeconds / speed,
          ...(alertmanager && { alertmanagerUrl: alertmanager.url }),
        },
      });
      this.preview = { handler, source };
    }
    return this.preview.handler;
  }
}

const comesWith =
  "The dashboards come with the preview, which weighs 500 MB: npm run preview -- --port 0 installs it, in another " +
  "terminal, and then they are here, too.";

/** Whether a request is for a dashboard, or for what draws it. */
export function isAboutDashboards({ url = "/" }: Pick<IncomingMessage, "url">): boolean {
  return /^\/(?:dashboards|d|preview|public|api\/preview)(?:[/?#]|$)/.test(url);
}

/** What stands in the place of a dashboard where the preview is not installed. */
export function withoutDashboards(how: string): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>The dashboards are not here yet</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/design.css" />
      </head>
      <body>
        <main>
          <h1>The dashboards are not here yet</h1>
          <p>${how}</p>
          <p><a href="/">Back to the demo</a></p>
        </main>
      </body>
    </html>`.text;
}
