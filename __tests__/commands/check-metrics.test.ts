import { EventEmitter, once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { inProcess } from "../support/command-in-process";
import {
  attributes,
  bytesOf,
  counterOf,
  histogramOf,
  metricsRequest,
  tracesRequest,
} from "../support/otlp-requests";

const command = inProcess("commands/check-metrics.ts");
const run = (...args: string[]) => command(process.cwd(), args);

const labels = { method: "GET", route: "/users/:id", status_code: 200 };
const metrics = metricsRequest(
  "auth-service",
  counterOf("http.requests", labels),
  histogramOf("http.request.duration", labels),
  counterOf("login_attempts", { status: "success" }),
  counterOf("registrations", {}, 0),
  counterOf("token_validations", { result: "valid" }),
);
const span = (name: string) => ({
  ...{ name, kind: 2 },
  attributes: attributes({
    ...{ "http.request.method": "GET", "http.route": "/users/:id", "http.response.status_code": 200 },
  }),
});
const spans = (name: string) => tracesRequest("auth-service", span(name));

/** Runs the check by OTLP while these requests are sent, and ends it by Ctrl-C. */
async function runWhile(requests: readonly object[], ...args: string[]) {
  const ports = ["--port", "0", "--grpc-port", "0"];
  const listening = new EventEmitter();
  const given = once(listening, "at") as Promise<[string]>;
  const ended = command(process.cwd(), ["--otlp", ...ports, "--duration", "60", ...args], (text) => {
    const at = /OTEL_EXPORTER_OTLP_ENDPOINT=(http\S+) OTEL_EXPORTER_OTLP_PROTOCOL=http/.exec(text)?.[1];
    if (at !== undefined) listening.emit("at", at);
  });
  const early = ended.then((result): never => {
    throw new Error(`It ended before it listened: ${JSON.stringify(result)}`);
  });
  const [url] = await Promise.race([given, early]);
  for (const request of requests) {
    const signal = "resourceMetrics" in request ? "metrics" : "traces";
    await fetch(`${url}/v1/${signal}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: bytesOf(signal, request),
    });
  }
  process.emit("SIGINT");
  return { ...(await ended), url };
}

describe("npm run check:metrics -- --otlp", () => {
  it("says where it listens, which variables to give, what arrives, and ends with 0 where all is right", async () => {
    const requests = [metrics, spans("GET /users/:id"), metrics];
    const { status, stdout, stderr, url } = await runWhile(requests, "--service", "auth-service");
    expect(stdout).toBe(
      "auth-service by OTLP: 5 metrics, 1 server span, no client spans, all as the catalogue and the queries have them.\n",
    );
    expect(status).toBe(0);
    expect(stderr.split("\n")).toEqual([
      "Listening for 60 s; Ctrl-C ends it earlier. The service needs these variables:",
      "  OTEL_SERVICE_NAME=auth-service",
      `  OTEL_EXPORTER_OTLP_ENDPOINT=${url} OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf`,
      expect.stringMatching(
        /^ {2}or OTEL_EXPORTER_OTLP_ENDPOINT=http:.* OTEL_EXPORTER_OTLP_PROTOCOL=grpc$/,
      ) as string,
      "and where it sends metrics: OTEL_METRIC_EXPORT_INTERVAL=5000",
      '"auth-service" sends metrics.',
      '"auth-service" sends traces.',
      "",
    ]);
  });

  it("ends with 1 where anything is wrong, as JSON too", async () => {
    const { status, stdout } = await runWhile([spans("GET /users/7")], "--service", "auth-service", "--json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      services: [
        {
          ...{ service: "auth-service", metrics: 0, spans: { server: 1, client: 0, other: 0 } },
          findings: [
            {
              ...{ kind: "name", metric: "server spans" },
              message:
                '(1: "GET /users/7") are not named by their http.route; name them by method and route, such as "GET /orders/:id"',
            },
          ],
        },
      ],
      others: [],
      findings: [],
    });
  });

  it("checks each service with --any-service, and ends with 1 where the one that is asked for sends nothing", async () => {
    const any = await runWhile([metrics, spans("GET /users/:id")], "--any-service");
    expect([any.status, any.stdout]).toEqual([0, expect.stringMatching(/^auth-service by OTLP: 5 metrics/)]);
    const other = await runWhile([metrics], "--service", "order-service");
    expect([other.status, other.stdout.split("\n")]).toEqual([
      1,
      [
        "In what came by OTLP:",
        '  service    service.name is "auth-service" in all that came, and never "order-service"',
        "Not checked: what auth-service sent.",
        "",
      ],
    ]);
  });

  it("ends with 1 after its time where nothing arrives, and says what to do", async () => {
    const ports = ["--port", "0", "--grpc-port", "0"];
    const { status, stdout, stderr } = await run(
      "--otlp",
      ...ports,
      "--duration",
      "1",
      "--service",
      "auth-service",
    );
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("Nothing arrived. Start the service with these variables, send it requests, ");
  });

  it("names who has a port that is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const port = String((other.address() as AddressInfo).port);
    const of = (...ports: string[]) => run("--otlp", "--any-service", ...ports);
    try {
      const { status, stderr } = await of("--port", port, "--grpc-port", "0");
      expect(status).toBe(1);
      expect(stderr).toMatch(
        new RegExp(`^Port ${port} of 127.0.0.1 is taken\\..* Stop it, or take another port: --port N `),
      );
      expect((await of("--port", "0", "--grpc-port", port)).stderr).toContain(
        "take another port: --grpc-port N ",
      );
    } finally {
      other.close();
    }
  });

  it.each([
    [["--otlp", "--url", "http://localhost"], "Give --url or --otlp, not both."],
    [["--service", "auth-service"], "--url or --otlp is missing."],
    [["--url", "http://localhost", "--any-service", "--duration", "3"], "--duration goes with --otlp alone."],
    [
      ["--url", "http://localhost", "--any-service", "--grpc-port", "3"],
      "--grpc-port goes with --otlp alone.",
    ],
    [["--otlp"], "--service or --any-service is missing."],
    [["--otlp", "--service", "auth-servce"], 'did you mean "auth-service"?'],
    [
      ["--otlp", "--any-service", "--duration", "soon"],
      '--duration: expected a number from 1 to 86400, found "soon".',
    ],
    [
      ["--otlp", "--any-service", "--duration", "0"],
      '--duration: expected a number from 1 to 86400, found "0".',
    ],
    [
      ["--otlp", "--any-service", "--port", "70000"],
      '--port: expected a number from 0 to 65535, found "70000".',
    ],
    [["--otlp", "--any-service", "--port", "1.5"], '--port: expected a whole number, found "1.5".'],
    [
      ["--otlp", "--any-service", "--grpc-port", "x"],
      '--grpc-port: expected a number from 0 to 65535, found "x".',
    ],
  ])("refuses %j", async (args, message) => {
    const { status, stdout, stderr } = await run(...args);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(message);
  });
});
