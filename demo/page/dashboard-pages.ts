import type { IncomingMessage, ServerResponse } from "node:http";
import { html } from "./html";

/** What shows the dashboards beside the demo's page. */
export interface DashboardPages {
  /** How they are come by, as a sentence, where they are not here; undefined where they are. */
  readonly notHere: string | undefined;
  /** Answers a request that is for them, else returns false. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  close(): Promise<void>;
}

/** What stands in the place of a dashboard where the preview is not installed. */
export function withoutPreview(how: string): string {
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
