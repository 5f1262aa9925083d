import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { InboxClient } from "../../operations/clients/inbox-client";
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import { DemoCommand, type DemoEvent } from "../support/demo-command";
import { describeWithDemo } from "../support/require-program";

type Started = Extract<DemoEvent, { event: "started" }>;

const name = "payment-service";
const stepMs = 60_000;

jest.setTimeout(180_000);

/** A service as somebody has one: it knows nothing of this project. */
function ownService(): Server {
  const metrics = [
    "# TYPE http_requests_total counter",
    'http_requests_total{method="GET",route="/pay",status_code="200"} 7',
    "",
  ].join("\n");
  return createServer((request, response) => {
    const isThere = request.url === "/internal/metrics";
    response.writeHead(isThere ? 200 : 404, { "content-type": "text/plain; version=0.0.4" });
    response.end(isThere ? metrics : "");
  });
}

describeWithDemo("npm run demo -- --watch with a service of one's own", () => {
  const service = ownService();
  let demo: DemoCommand;
  let started: Started;
  let prometheus: PrometheusClient;

  const urlOf = (program: string) => started.programs.find((each) => each.name === program)?.url ?? "";

  beforeAll(async () => {
    await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
    const { port } = service.address() as AddressInfo;
    const watched = `${name}=http://127.0.0.1:${String(port)}/internal/metrics`;
    demo = new DemoCommand(["--json", "--free-ports", "--no-traffic", "--watch", watched]);
    started = await demo.event("started", stepMs);
    await demo.event("status", stepMs, ({ targets }) => targets !== undefined && targets.up === targets.all);
    prometheus = new PrometheusClient(urlOf("prometheus"));
  });
  afterAll(async () => {
    await demo.interrupt();
    service.close();
  });

  it("has its target, under its name", async () => {
    const target = (await prometheus.targets()).find(({ scrapePool }) => scrapePool === name);
    expect(target).toMatchObject({
      health: "up",
      labels: { service: name, job: name, environment: "local" },
    });
    const [series] = await prometheus.query(`http_requests_total{service="${name}"}`);
    expect(series?.value).toBe(7);
  });

  it("has its alerts", async () => {
    const rules = (await prometheus.ruleGroups()).flatMap((group) => group.rules);
    const own = rules.filter(({ type, labels }) => type === "alerting" && labels?.service === name);
    expect(new Set(own.map(({ name: alert }) => alert))).toEqual(
      new Set(["AvailabilityBudgetBurn", "LatencyBudgetBurn"]),
    );
  });

  it("is a choice of the dashboards' variable", async () => {
    // What the variable `service` asks for.
    const services = await prometheus.get<string[]>("/api/v1/label/service/values?match[]=up");
    expect(services).toContain(name);
  });

  it("is on the page, with what is not there: traffic, and so three faults", async () => {
    const page = await (await fetch(`${started.page}/`)).text();
    expect(page).toContain("yours: its metrics are read at /internal/metrics");
    expect(page.match(/There is no traffic \(--no-traffic\)/g)).toHaveLength(3);
  });

  it("is told of when it goes", async () => {
    service.closeAllConnections();
    service.close();
    const inbox = new InboxClient(urlOf("inbox"));
    const isAbout = ({ title, text }: { title: string; text: string }) => `${title}${text}`.includes(name);
    const { text, title } = await inbox.message(isAbout, stepMs, {
      receiver: "slack-critical",
      status: "firing",
    });
    expect(`${title}\n${text}`).toContain("ServiceDown");
  });
});

it("refuses a service in another form, and starts nothing", async () => {
  const demo = new DemoCommand([
    "--watch",
    "payment-service:8000",
    "--watch",
    "order-service=http://127.0.0.1:1",
  ]);
  expect(await demo.ended).toBe(1);
  expect(demo.output).toContain("--watch payment-service:8000: found no =; allowed: NAME=URL");
  expect(demo.output).toContain('found "order-service", which the demo has already');
  expect(demo.output).not.toContain("Starting");
});
