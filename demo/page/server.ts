import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { designFile, pageHeaders } from "../../services/platform/page/design";
import { listening } from "../../operations/loopback-port";
import type { Demo } from "../demo";
import { localUrl } from "../services";
import { NotNow, type Tour } from "../tour/tour";
import { urlOf } from "../../preview/server/same-site";
import { refuseChange, refuseRead, type Refusal } from "./guard";
import { LiveState } from "./live-state";
import { look } from "./look";
import { pageState, renderPage } from "./page";
import { isAboutDashboards, withoutDashboards, type DashboardPages } from "./dashboard-pages";

/** What the page's server shows. */
export interface DemoPageOptions {
  readonly demo: Demo;
  readonly tour: Tour;
  /** 0 takes a free port. */
  readonly port: number;
  /** How many requests the traffic has sent; undefined where there is none. */
  readonly sent: () => number | undefined;
  /** What shows the dashboards. */
  readonly dashboards: DashboardPages;
}

/** The page that shows the demo, while it is served. */
export interface DemoPage {
  /** Its address, without a slash at its end. */
  readonly url: string;
  /** Tells those who look that the demo has ended, and serves no more. */
  close(): Promise<void>;
}

const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/design.css": [designFile, "text/css"],
  "/demo.css": [join(__dirname, "demo.css"), "text/css"],
  "/demo.js": [join(__dirname, "demo.js"), "text/javascript"],
};

/** Serves the page on the loopback address. */
export async function serveDemoPage(options: DemoPageOptions): Promise<DemoPage> {
  const { demo, tour, sent, dashboards } = options;
  const token = randomBytes(24).toString("base64url");
  const seen = () => look(demo, tour, sent);
  const frame = () => ({ demo, withoutDashboards: dashboards.notHere });
  const live = new LiveState(async () => pageState(await seen(), frame()));
  const unsubscribe = tour.onChange(() => {
    live.update();
  });
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, 500, String(error));
      else response.destroy();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = urlOf(request);
    const [, name = "", action = ""] = /^\/api\/demo\/faults\/([\w-]+)\/(break|mend)$/.exec(pathname) ?? [];
    if (action !== "") {
      const refusedChange = refuseChange(request, token);
      if (refusedChange) refuse(response, refusedChange);
      else await change(name, action, response);
      return;
    }
    if (dashboards.handle(request, response)) return;
    const refused = refuseRead(request, pathname === "/" || isAboutDashboards(request));
    if (refused) {
      refuse(response, refused);
      return;
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      refuse(response, { status: 405, message: "allowed: GET" });
      return;
    }
    if (pathname === "/") {
      const page = renderPage({ ...frame(), token }, await seen());
      send(response, 200, page, "text/html");
      return;
    }
    if (pathname === "/api/demo/events") {
      live.add(response);
      return;
    }
    if (dashboards.notHere !== undefined && isAboutDashboards(request)) {
      send(response, 404, withoutDashboards(dashboards.notHere), "text/html");
      return;
    }
    const [file, type] = files[pathname] ?? [];
    if (file === undefined || type === undefined) send(response, 404, "There is no such page.");
    else send(response, 200, readFileSync(file, "utf8"), type);
  }

  async function change(name: string, action: string, response: ServerResponse): Promise<void> {
    try {
      await (action === "break" ? tour.begin(name) : tour.mend(name));
      send(response, 204, "");
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      send(response, error instanceof NotNow ? 409 : 500, message);
    }
  }

  await listening(server, options.port);
  return {
    url: localUrl((server.address() as AddressInfo).port),
    close: async () => {
      unsubscribe();
      live.close();
      await dashboards.close();
      server.closeIdleConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        setTimeout(() => {
          server.closeAllConnections();
        }, 500).unref();
      });
    },
  };
}

function refuse(response: ServerResponse, { status, message }: Refusal): void {
  send(response, status, message);
}

function send(response: ServerResponse, status: number, text: string, type = "text/plain"): void {
  response
    .writeHead(status, {
      ...pageHeaders,
      ...(text !== "" && { "content-type": `${type}; charset=utf-8` }),
    })
    .end(text);
}
