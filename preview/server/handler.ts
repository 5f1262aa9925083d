import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { send, sendJson } from "./answers";
import { EventStream } from "./event-stream";
import { distFolder } from "./places";
import { PrometheusProxy, proxyPrefix } from "./prometheus-proxy";
import type { RecordedAnswers } from "./recorded-answers";
import { foreignRequest, urlOf } from "./same-site";
import type { PreviewContent, PreviewDashboard, PreviewSource } from "./source";
import { StaticFiles } from "./static-files";

/** What the page must know besides the dashboards. */
export interface PreviewSettings {
  /** Time between two scrapes of the Prometheus. */
  readonly scrapeIntervalSeconds: number;
  /** Where traces are shown, without a slash at the end. Default: exemplars lead nowhere. */
  readonly jaegerUrl?: string;
  readonly alertmanagerUrl?: string;
  /** In place of the dashboards' own. */
  readonly timezone?: string;
  /** What `now` means, in milliseconds of Unix time. Default: the time. */
  readonly now?: number;
}

export interface PreviewOptions {
  readonly source: PreviewSource;
  readonly prometheus: URL | RecordedAnswers;
  readonly settings: PreviewSettings;
  /** Folder of the build. Default: that of `preview/`. */
  readonly dist?: string;
}

/** The preview inside of an HTTP server. */
export interface PreviewHandler {
  /** Answers a request that is the preview's, and returns true; else does nothing and returns false. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Tells the pages that it is over. The source stays its owner's. */
  close(): void;
}

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> | void;

interface Route {
  readonly path: RegExp;
  /** Whether links of others may lead there. */
  readonly isPage?: boolean;
  /** Default: GET and HEAD. */
  readonly anyMethod?: boolean;
  readonly answer: Answer;
}

/**
 * The preview's pages and its API.
 * @returns what answers the requests to it
 */
export function previewHandler({
  source,
  prometheus,
  settings,
  dist = distFolder,
}: PreviewOptions): PreviewHandler {
  const files = new StaticFiles(dist);
  const proxy = new PrometheusProxy(prometheus);
  const events = new EventStream();
  let known: ReadonlyMap<string, string> | undefined;
  const stop = source.onChange(() => {
    void (async () => {
      const content = await source.current();
      const before = known ?? new Map<string, string>();
      known = versionsOf(content);
      if (content.problem !== undefined) {
        events.send("problem", { message: content.problem });
        return;
      }
      // Without a uid it says that there is no problem any more.
      events.send("changed", { uids: changedUids(before, known) });
    })();
  });
  const current = async (): Promise<PreviewContent> => {
    const content = await source.current();
    known ??= versionsOf(content);
    return content;
  };

  const routes: readonly Route[] = [
    {
      path: /^\/(?:dashboards|d\/[^/]+(?:\/[^/]*)?)\/?$/,
      isPage: true,
      answer: async (_request, response) => {
        if (!(await files.page(response))) send(response, 503, "text/html; charset=utf-8", notBuilt);
      },
    },
    {
      path: /^\/preview\/assets\//,
      answer: (_request, response, { pathname }) => files.file(response, pathname.slice(1), true),
    },
    {
      path: /^\/public\//,
      answer: (_request, response, { pathname }) => files.file(response, pathname.slice(1), false),
    },
    {
      path: /^\/api\/preview\/content$/,
      answer: async (_request, response) => {
        const { environment, dashboards, problem } = await current();
        sendJson(response, 200, {
          ...(environment !== undefined && { environment }),
          settings,
          dashboards: dashboards.map(({ uid, title, folder, description }) => ({
            uid,
            title,
            folder,
            description,
          })),
          ...(problem !== undefined && { problem }),
        });
      },
    },
    {
      path: /^\/api\/preview\/dashboards\/[^/]+$/,
      answer: async (_request, response, { pathname }) => {
        const uid = decoded(pathname.slice("/api/preview/dashboards/".length));
        const { dashboards, findings } = await current();
        const dashboard = dashboards.find((each) => each.uid === uid);
        if (dashboard === undefined) {
          const all = dashboards.map((each) => each.uid).join(", ");
          sendJson(response, 404, {
            message: `There is no dashboard with the uid ${uid}; there are: ${all || "none"}.`,
          });
          return;
        }
        const own = findings[uid] ?? [];
        sendJson(response, 200, {
          dashboard: dashboard.json,
          findings: own,
          version: versionOf(dashboard, own),
        });
      },
    },
    {
      path: /^\/api\/preview\/events$/,
      answer: async (_request, response) => {
        await current();
        events.add(response);
      },
    },
    {
      path: new RegExp(`^${proxyPrefix}/`),
      anyMethod: true,
      answer: (request, response, url) => proxy.handle(request, response, url),
    },
    {
      path: /^\/api\/preview(?:\/|$)/,
      answer: (_request, response, { pathname }) => {
        sendJson(response, 404, { message: `There is no ${pathname}.` });
      },
    },
  ];

  return {
    handle: (request, response) => {
      const url = urlOf(request);
      const route = routes.find(({ path }) => path.test(url.pathname));
      if (route === undefined) return false;
      const { method = "" } = request;
      const foreign = foreignRequest(request, route.isPage === true);
      if (foreign !== undefined) {
        sendJson(response, 403, { message: foreign });
      } else if (route.anyMethod !== true && method !== "GET" && method !== "HEAD") {
        sendJson(response, 405, { message: `${method}: allowed are GET and HEAD.` }, { Allow: "GET, HEAD" });
      } else {
        void answered(route.answer, request, response, url);
      }
      return true;
    },
    close: () => {
      stop();
      events.close();
    },
  };
}

async function answered(
  answer: Answer,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  try {
    await answer(request, response, url);
  } catch (error) {
    if (response.headersSent || response.closed) response.destroy();
    else sendJson(response, 500, { message: error instanceof Error ? error.message : String(error) });
  }
}

/** Changes with what is shown of a dashboard. */
function versionOf({ json }: PreviewDashboard, findings: readonly object[]): string {
  return createHash("sha256")
    .update(JSON.stringify([json, findings]))
    .digest("hex")
    .slice(0, 16);
}

function versionsOf({ dashboards, findings }: PreviewContent): ReadonlyMap<string, string> {
  return new Map(dashboards.map((each) => [each.uid, versionOf(each, findings[each.uid] ?? [])]));
}

/** Those that are new, other than they were, or gone. */
function changedUids(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
  return [...new Set([...before.keys(), ...now.keys()])].filter((uid) => before.get(uid) !== now.get(uid));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const notBuilt = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>The preview is not built</title>
<h1>The preview is not built</h1>
<p>Run <code>npm run preview</code>: it installs and builds what it needs.</p></html>
`;
