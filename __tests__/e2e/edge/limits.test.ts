import autocannon from "autocannon";
import { connect } from "node:tls";
import { timeouts } from "../../../constructs/docker/edge-configuration";
import { type Behind, caddyProgram, loginOf, type TestEdge } from "../../support/edge";
import { passwords, startEdge } from "../../support/edge-running";
import { describeWith } from "../../support/require-program";
import { openssl } from "../../support/server-certificate";
import { temporaryFolder } from "../../support/temporary-folder";
import { until } from "../../support/until";

jest.setTimeout(300_000);

const folder = temporaryFolder();
const api = "api.example.com";
const prometheus = "prometheus.example.com";
/** A minute by hand: EDGE_SECONDS=60. */
const seconds = Number(process.env.EDGE_SECONDS ?? 15);

interface Asked {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

describeWith([caddyProgram, openssl], "Logins and limits of the edge", () => {
  let edge: TestEdge;
  let behind: Behind;
  beforeAll(async () => {
    ({ edge, behind } = await startEdge(
      folder(),
      "limits",
      ["edge.requestsPerMinute", 1_000_000],
      ["alerting.url", "https://prometheus.example.com/alertmanager"],
    ));
  });
  afterAll(async () => {
    behind.stop();
    await edge.stop();
  });

  it("lets in who has the right password, and nobody else", async () => {
    const none = await edge.ask(prometheus, "/");
    expect([none.status, none.headers["www-authenticate"]]).toEqual([401, 'Basic realm="monitoring"']);
    for (const login of [
      loginOf("alice", "wrong"),
      loginOf("nobody", passwords.alice),
      loginOf("alice", passwords.ci),
    ]) {
      expect((await edge.ask(prometheus, "/", { headers: login })).status).toBe(401);
    }
    const right = await edge.ask(prometheus, "/graph", { headers: loginOf("alice", passwords.alice) });
    expect(right.status).toBe(200);
    const asked = JSON.parse(right.body) as Asked;
    // What proves the login here stays here.
    expect([asked.url, asked.headers.authorization]).toEqual(["/graph", undefined]);
  });

  it("takes off the path of a program that keeps to its root, and leaves tokens to who asks for them", async () => {
    const headers = loginOf("ci", passwords.ci);
    const { body } = await edge.ask(prometheus, "/alertmanager/api/v2/status", { headers });
    expect((JSON.parse(body) as Asked).url).toBe("/api/v2/status");
    const grafana = await edge.ask("grafana.example.com", "/api/org", {
      headers: { Authorization: "Bearer of-grafana" },
    });
    expect((JSON.parse(grafana.body) as Asked).headers.authorization).toBe("Bearer of-grafana");
  });

  it("tells programs who asks, whatever a client says of itself", async () => {
    const headers = { "X-Forwarded-For": "10.9.8.7", "X-Forwarded-Proto": "http" };
    const { body } = await edge.ask(api, "/", { headers });
    expect((JSON.parse(body) as Asked).headers).toMatchObject({
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-proto": "https",
      "x-forwarded-host": api,
    });
  });

  it("writes one line a request, without secrets", async () => {
    const before = edge.accessLog().lines.length;
    const secrets = { token: "in-the-query", cookie: "in-the-cookie", bearer: "in-the-header" };
    await edge.ask(api, `/parcels?token=${secrets.token}`, {
      headers: { Cookie: `session=${secrets.cookie}`, Authorization: `Bearer ${secrets.bearer}` },
    });
    await edge.ask(prometheus, "/", { headers: loginOf("alice", passwords.alice) });
    await until(() => edge.accessLog().lines.length === before + 2);
    const { lines, text } = edge.accessLog();
    expect(lines.slice(before).map(({ status, request: { host, uri } }) => [status, host, uri])).toEqual([
      [200, api, "/parcels?..."],
      [200, prometheus, "/"],
    ]);
    const login = loginOf("alice", passwords.alice).Authorization ?? "";
    for (const secret of [...Object.values(secrets), passwords.alice, login.replace("Basic ", ""), "$2a$"]) {
      expect(text).not.toContain(secret);
    }
  });

  it(`serves 200 clients for ${String(seconds)} s while one sends slowly and one sends too much`, async () => {
    const { https } = edge.ports;
    const load = autocannon({
      url: `https://127.0.0.1:${String(https)}/parcels`,
      connections: 200,
      // Apart from what answers and from the other two clients, which are here.
      workers: 1,
      timeout: 30,
      duration: seconds,
      headers: { host: api },
      servername: api,
    });
    const slow = new Promise<number>((resolve) => {
      const socket = connect({ host: "127.0.0.1", port: https, servername: api, ca: edge.authority }, () => {
        const started = Date.now();
        socket.write(`GET /slow HTTP/1.1\r\nHost: ${api}\r\nX-Slow: `);
        const timer = setInterval(() => socket.write("a"), 500);
        socket.on("close", () => {
          clearInterval(timer);
          resolve((Date.now() - started) / 1000);
        });
      });
      socket.on("error", () => undefined);
      socket.resume();
    });
    const before = behind.received;
    const huge = await edge.ask(api, "/parcels", { body: Buffer.alloc(50_000_000) }).then(
      ({ status }) => status,
      () => "cut" as const,
    );
    const result = await load;
    const cutAfter = await slow;
    const { p50, p99 } = result.latency;
    process.stdout.write(
      `200 clients for ${String(seconds)} s: ${String(Math.round(result.requests.average))} requests/s, ` +
        `p50 ${String(p50)} ms, p99 ${String(p99)} ms, ${String(result.non2xx)} not answered with 2xx, ${String(result.errors)} errors; ` +
        `the slow client was cut after ${cutAfter.toFixed(1)} s, the huge body: ${String(huge)}\n`,
    );
    expect([413, "cut"]).toContain(huge);
    expect(edge.accessLog().lines.filter(({ status }) => status === 413)).toHaveLength(1);
    // Nothing of the huge body arrived.
    expect(behind.received - before).toBe(0);
    expect(cutAfter).toBeLessThan(parseInt(timeouts.read_header_timeout) + 5);
    expect([result.non2xx, result.errors, result.timeouts]).toEqual([0, 0, 0]);
    expect(result.requests.total).toBeGreaterThan(1000);
    // Also where two cores have much else to do.
    expect(p99).toBeLessThan(10_000);
  });

  it("answers 429 to a client that sends more than it may, sooner where a password is asked for", async () => {
    const limited = await startEdge(folder(), "rate", ["edge.requestsPerMinute", 40]);
    try {
      const send = async (host: string, count: number) => {
        const statuses: number[] = [];
        for (let sent = 0; sent < count; sent++) statuses.push((await limited.edge.ask(host, "/")).status);
        return statuses;
      };
      expect(await send(prometheus, 12)).toEqual([...Array<number>(10).fill(401), 429, 429]);
      const others = await send(api, 30);
      expect(others.filter((status) => status === 200)).toHaveLength(28);
      expect(others.slice(-2)).toEqual([429, 429]);
      expect(await limited.edge.metrics()).toMatch(
        /caddy_http_request_duration_seconds_count\{code="429",handler="rate_limit",method="GET",server="https"\} \d+/,
      );
    } finally {
      limited.behind.stop();
      await limited.edge.stop();
    }
  });
});
