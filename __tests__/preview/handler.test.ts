import { createServer, request, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PreviewContent, PreviewSource } from "../../preview/server/source";
import { startPreviewServer, type PreviewServer } from "../../preview/server/server";
import { temporaryFolder } from "../support/temporary-folder";

/** A source that a test changes. */
class TestSource implements PreviewSource {
  content: PreviewContent = { environment: "local", dashboards: [], findings: {} };
  private readonly listeners = new Set<() => void>();

  current() {
    return Promise.resolve(this.content);
  }

  onChange(listener: () => void) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  change(content: PreviewContent) {
    this.content = content;
    for (const listener of this.listeners) listener();
  }

  close() {
    return Promise.resolve();
  }
}

const folder = temporaryFolder();
const dashboard = (uid: string, title = uid) => ({ uid, title, folder: "Services", json: { uid, title } });
const finding = {
  panelId: 3,
  panelTitle: "A",
  rule: "legend",
  severity: "error",
  message: "has none",
} as const;

let source: TestSource;
let server: PreviewServer;
let prometheus: Server;
/** What the Prometheus was asked, and what it answers. */
let asked: { method?: string; url?: string; body: string }[];
let answer: { status: number; body: string };

beforeEach(async () => {
  asked = [];
  answer = { status: 200, body: '{"status":"success","data":[]}' };
  prometheus = createServer((incoming, response) => {
    let body = "";
    incoming.on("data", (chunk) => (body += String(chunk)));
    incoming.on("end", () => {
      asked.push({ method: incoming.method, url: incoming.url, body });
      response.writeHead(answer.status, { "Content-Type": "application/json" }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => prometheus.listen(0, "127.0.0.1", resolve));
  source = new TestSource();
  source.content = {
    environment: "local",
    dashboards: [dashboard("a"), dashboard("b")],
    findings: { a: [finding] },
  };
  const dist = folder();
  mkdirSync(join(dist, "preview/assets"), { recursive: true });
  writeFileSync(join(dist, "index.html"), "<title>page</title>");
  writeFileSync(join(dist, "preview/assets/x.js"), "1");
  writeFileSync(join(dist, "built.json"), "{}");
  const { port } = prometheus.address() as AddressInfo;
  server = await startPreviewServer(
    {
      source,
      prometheus: new URL(`http://127.0.0.1:${String(port)}/prefix/`),
      settings: { scrapeIntervalSeconds: 15 },
      dist,
    },
    0,
  );
});
afterEach(async () => {
  await server.close();
  prometheus.closeAllConnections();
  await new Promise((resolve) => prometheus.close(resolve));
});

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks with the headers and the path as they are: `fetch` would set and tidy them. */
function ask(path: string, { method = "GET", headers = {}, body }: Asked = {}) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
    const { port } = new URL(server.url);
    const outgoing = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let text = "";
      response.on("data", (chunk) => (text += String(chunk)));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

const json = async (path: string, asking?: Asked) => JSON.parse((await ask(path, asking)).text) as unknown;
const query = "/api/preview/prometheus/api/v1/query";

describe("pages and files", () => {
  it.each(["/dashboards", "/d/a", "/d/a/some-title?from=now-1h&var-service=x", "/d/unknown"])(
    "%s is the page",
    async (path) => {
      const { status, headers, text } = await ask(path);
      expect([status, text]).toEqual([200, "<title>page</title>"]);
      expect(headers["content-security-policy"]).toContain("default-src 'self'");
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    },
  );

  it("leads from / to the dashboards", async () => {
    const { status, headers } = await ask("/");
    expect([status, headers.location]).toEqual([302, "/dashboards"]);
  });

  it("has the files of the build, which browsers may keep", async () => {
    const { status, headers } = await ask("/preview/assets/x.js");
    expect([status, headers["content-type"]]).toEqual([200, "text/javascript; charset=utf-8"]);
    expect(headers["cache-control"]).toContain("immutable");
  });

  it.each([
    "/preview/assets/../../built.json",
    "/preview/assets/..%2f..%2fbuilt.json",
    "/preview/assets/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/public/..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/preview/assets/%",
    "/preview/assets/x.js%00",
    "/elsewhere",
  ])("has nothing at %s", async (path) => {
    expect((await ask(path)).status).toBe(404);
  });
});

describe("the API", () => {
  it("lists the dashboards with what the page must know", async () => {
    expect(await json("/api/preview/content")).toEqual({
      environment: "local",
      settings: { scrapeIntervalSeconds: 15 },
      dashboards: ["a", "b"].map((uid) => ({ uid, title: uid, folder: "Services" })),
    });
  });

  it("gives a dashboard as it is, with its findings and a version that changes with either", async () => {
    const first = (await json("/api/preview/dashboards/a")) as { version: string };
    expect(first).toMatchObject({ dashboard: { uid: "a", title: "a" }, findings: [finding] });
    source.content = { ...source.content, findings: {} };
    const second = (await json("/api/preview/dashboards/a")) as { version: string };
    expect(second.version).not.toBe(first.version);
    expect(await json("/api/preview/dashboards/a")).toEqual(second);
  });

  it("names the dashboards that there are", async () => {
    const { status, text } = await ask("/api/preview/dashboards/c");
    expect([status, JSON.parse(text)]).toEqual([
      404,
      { message: "There is no dashboard with the uid c; there are: a, b." },
    ]);
  });

  it.each(["/api/preview/content", "/dashboards", "/api/preview/events"])(
    "takes no POST at %s",
    async (path) => {
      const { status, headers } = await ask(path, { method: "POST" });
      expect([status, headers.allow]).toEqual([405, "GET, HEAD"]);
    },
  );

  it("tells open pages what changed, what is wrong, and the end", async () => {
    const stream = await fetch(`${server.url}/api/preview/events`);
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
    let text = "";
    const until = async (wanted: string) => {
      while (!text.includes(wanted)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`The stream ended without ${wanted}: ${text}`);
        text += new TextDecoder().decode(value);
      }
      text = "";
    };
    source.change({ ...source.content, dashboards: [dashboard("a", "new"), dashboard("b")] });
    await until('event: changed\ndata: {"uids":["a"]}\n\n');
    source.change({ ...source.content, problem: "dashboards/a.ts:1:1: wrong" });
    await until('event: problem\ndata: {"message":"dashboards/a.ts:1:1: wrong"}\n\n');
    source.change({ ...source.content, problem: undefined });
    await until('event: changed\ndata: {"uids":[]}\n\n');
    await Promise.all([server.close(), until("event: ended\n")]);
  });
});

describe("the proxy to Prometheus", () => {
  it("passes a query and its answer on as they are", async () => {
    answer = { status: 422, body: '{"status":"error","error":"parse"}' };
    const { status, text } = await ask(`${query}?query=sum%28up%29&time=1`);
    expect([status, text]).toEqual([422, answer.body]);
    expect(asked).toEqual([
      { method: "GET", url: "/prefix/api/v1/query?query=sum%28up%29&time=1", body: "" },
    ]);
  });

  it("passes a form on", async () => {
    const body = "query=up&start=1&end=2&step=1";
    const headers = { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8" };
    await ask("/api/preview/prometheus/api/v1/query_range", { method: "POST", headers, body });
    expect(asked).toEqual([{ method: "POST", url: "/prefix/api/v1/query_range", body }]);
  });

  it.each(["label/job/values", "label/__name__/values", "query_exemplars", "query_range"])(
    "lets %s through",
    async (path) => {
      expect((await ask(`/api/preview/prometheus/api/v1/${path}`)).status).toBe(200);
    },
  );

  it.each([
    "/api/v1/admin/tsdb/delete_series",
    "/api/v1/series",
    "/api/v1/query/",
    "/api/v1/label/a%2Fb/values",
    "/api/v1/query/../admin/tsdb/snapshot",
    "/-/quit",
    "/",
  ])("lets %s not through", async (path) => {
    expect((await ask(`/api/preview/prometheus${path}`)).status).toBe(404);
    expect(asked).toEqual([]);
  });

  it.each(["PUT", "DELETE", "PATCH", "OPTIONS"])("takes no %s", async (method) => {
    expect((await ask(query, { method })).status).toBe(405);
    expect(asked).toEqual([]);
  });

  it("takes forms alone, as nothing else is a read", async () => {
    const headers = { "Content-Type": "application/json" };
    expect((await ask(query, { method: "POST", headers, body: "{}" })).status).toBe(415);
    expect(asked).toEqual([]);
  });

  it("refuses what is too long", async () => {
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const body = `query=${"a".repeat(256 * 1024)}`;
    expect((await ask(query, { method: "POST", headers, body })).status).toBe(413);
    expect(asked).toEqual([]);
  });

  it("says what to do when no Prometheus is reached", async () => {
    await new Promise((resolve) => prometheus.close(resolve));
    const { status, text } = await ask(`${query}?query=up`);
    expect([status, JSON.parse(text)]).toEqual([
      502,
      {
        status: "error",
        errorType: "unavailable",
        error: expect.stringMatching(
          /^Prometheus is not reached at http:.*ECONNREFUSED.*npm run demo.*--prometheus URL$/,
        ) as string,
      },
    ]);
  });
});

describe("what another site's page makes a browser send", () => {
  const own = () => new URL(server.url).host;

  it.each(["evil.example", "127.0.0.1.evil.example:3300", "localhost.evil.example", "192.168.0.5:3300"])(
    "is refused for the host %j",
    async (host) => {
      for (const path of ["/", "/dashboards", "/api/preview/content", `${query}?query=up`]) {
        expect((await ask(path, { headers: { Host: host } })).status).toBe(403);
      }
      expect(asked).toEqual([]);
    },
  );

  it.each(["localhost", "127.0.0.1:1234", "[::1]:3300", "LOCALHOST:3300"])(
    "is taken for the host %s",
    async (host) => {
      expect((await ask("/api/preview/content", { headers: { Host: host } })).status).toBe(200);
    },
  );

  it.each(["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"])(
    "is refused for the origin %s",
    async (origin) => {
      const { status, headers } = await ask(`${query}?query=up`, { headers: { Origin: origin } });
      expect([status, headers["access-control-allow-origin"]]).toEqual([403, undefined]);
      expect(asked).toEqual([]);
    },
  );

  it("is taken from the page itself", async () => {
    const headers = { Host: own(), Origin: `http://${own()}`, "Sec-Fetch-Site": "same-origin" };
    expect((await ask(`${query}?query=up`, { headers })).status).toBe(200);
  });

  it("may lead to a page by a link, and to nothing else", async () => {
    const headers = { "Sec-Fetch-Site": "cross-site" };
    expect((await ask("/d/a", { headers })).status).toBe(200);
    expect((await ask("/api/preview/content", { headers })).status).toBe(403);
    expect((await ask(`${query}?query=up`, { headers })).status).toBe(403);
  });
});

it("says with which command the page comes where it is not built", async () => {
  await server.close();
  server = await startPreviewServer(
    {
      source,
      prometheus: new URL("http://127.0.0.1:1"),
      settings: { scrapeIntervalSeconds: 15 },
      dist: folder(),
    },
    0,
  );
  const { status, text } = await ask("/dashboards");
  expect(status).toBe(503);
  expect(text).toContain("npm run preview");
});
