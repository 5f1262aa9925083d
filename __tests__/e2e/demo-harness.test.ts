import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AlertmanagerClient } from "../../operations/clients/alertmanager-client";
import type { Demo } from "../../demo/demo";
import type { InboxMessage } from "../../operations/clients/inbox-client";
import { requestJson } from "../../operations/clients/json-client";
import type { PrometheusClient } from "../../operations/clients/prometheus-client";
import type { Environment } from "../../environments";
import { demoFolders } from "../support/demo-command";
import { describeWithDemo } from "../support/require-program";
import { temporaryFolder } from "../support/temporary-folder";
import { WebhookTarget } from "../support/webhook-target";
import { startTestDemo } from "../support/test-demo";

const newFolder = temporaryFolder();
const foldersBefore = demoFolders();
const limitMs = 60_000;
/** How long the second Alertmanager waits for the first to tell of an alert. */
const peerTimeoutMs = 4_000;
/** More than twice as long: the second would compare what it saw before with what the first told meanwhile. */
const groupIntervalMs = 9_000;

jest.setTimeout(120_000);

/** Local with two Alertmanagers and hardly any waiting: a route to one receiver of each kind, another to a single one. */
function impatient(local: Environment): Environment {
  const atOnce = {
    groupWait: "0s",
    groupInterval: `${String(groupIntervalMs / 1_000)}s`,
    repeatInterval: "1h",
  };
  const receivers = ["slack-critical", "discord-alerts", "email-ops", "webhook-incidents"];
  return {
    ...local,
    // Nothing reads it: it shows which flags a program was given.
    prometheus: { ...local.prometheus, scrapeInterval: "1s", alsoStored: ["node_os_info"] },
    alerting: {
      ...local.alerting,
      replicas: 2,
      routes: [
        { severity: "critical", receivers, ...atOnce },
        { severity: "warning", receivers: ["slack-team"], ...atOnce },
      ],
    },
  };
}

describeWithDemo("the system of the demo, as other tests run it", () => {
  let demo: Demo;
  let prometheus: PrometheusClient;
  let elsewhere: WebhookTarget;

  beforeAll(async () => {
    elsewhere = await WebhookTarget.start();
    const root = newFolder();
    mkdirSync(join(root, "etc"));
    writeFileSync(join(root, "etc", "os-release"), "ID=another-machine\n");
    demo = await startTestDemo({
      ports: "free",
      environment: impatient,
      receiverUrls: { "slack-team": `${elsewhere.url}/slack/elsewhere` },
      flags: {
        "node-exporter": { "path.rootfs": root },
        alertmanager: { "cluster.peer-timeout": `${String(peerTimeoutMs)}ms` },
      },
    });
    if (!demo.prometheus) throw new Error("Prometheus is missing.");
    prometheus = demo.prometheus;
    await prometheus.allUp(limitMs);
  });
  afterAll(async () => {
    await demo.stop();
    await elsewhere.stop();
    expect(demo.programs.filter(({ isRunning }) => isRunning)).toEqual([]);
    expect(demoFolders(foldersBefore)).toEqual([]);
  });

  /** Waits until `up` of a job is what it has to be. */
  async function upIs(job: string, wanted: 0 | 1): Promise<void> {
    for (const end = Date.now() + limitMs; ; await sleep(100)) {
      const [up] = await prometheus.query(`up{job="${job}"}`);
      if (up?.value === wanted) return;
      if (Date.now() > end) throw new Error(`up of ${job} is ${String(up?.value)}.`);
    }
  }

  /** Sends an alert to both, as Prometheus does. */
  async function send(name: string, severity: string, endsAt?: string): Promise<void> {
    const labels = { alertname: name, severity, service: "order-service", environment: "local" };
    const annotations = { summary: `${name} of the test`, description: "Orders fail." };
    for (const alertmanager of demo.alertmanagers) {
      await alertmanager.send([{ labels, annotations, ...(endsAt !== undefined && { endsAt }) }]);
    }
  }

  /** The second Alertmanager would have told it by then, if it did not know that the first had. */
  const theOtherHadItsTurn = () => sleep(groupIntervalMs + peerTimeoutMs + 1_000);

  const kinds = {
    "slack-critical": "slack",
    "discord-alerts": "discord",
    "ops@example.com": "email",
    "webhook-incidents": "webhook",
  };

  async function arrivesEverywhere(name: string, status: InboxMessage["status"]): Promise<void> {
    for (const [receiver, kind] of Object.entries(kinds)) {
      const message = await demo.inbox.message(
        (each) => each.receiver === receiver && each.status === status && each.title.includes(name),
        limitMs,
      );
      expect(message.kind).toBe(kind);
    }
  }

  it("knows how many targets there are before Prometheus does", async () => {
    const targets = await prometheus.targets();
    expect(targets).toHaveLength(prometheus.targetCount);
    const jobs = new Set(targets.map(({ scrapePool }) => scrapePool));
    for (const { name } of demo.programs) {
      if (name !== "inbox") expect(jobs).toContain(name.replace(/^alertmanager-.*/, "alertmanager"));
    }
  });

  it("runs two Alertmanagers as a cluster", async () => {
    expect(demo.alertmanagers).toHaveLength(2);
    for (const { url } of demo.alertmanagers) {
      const { cluster } = await requestJson<{ cluster: { status: string; peers: unknown[] } }>(
        `${url}/api/v2/status`,
      );
      expect(cluster.peers).toHaveLength(2);
    }
  });

  it("gives a program other flags", async () => {
    expect(await prometheus.query('node_os_info{id="another-machine"}')).toHaveLength(1);
  });

  it("takes an alert and its resolution to Slack, Discord, a webhook, and by mail over TLS, each once", async () => {
    await send("CheckoutBroken", "critical");
    await arrivesEverywhere("CheckoutBroken", "firing");
    await theOtherHadItsTurn();
    await send("CheckoutBroken", "critical", new Date().toISOString());
    await arrivesEverywhere("CheckoutBroken", "resolved");
    await theOtherHadItsTurn();
    const messages = await demo.inbox.messages();
    const told = messages.filter(({ title }) => title.includes("CheckoutBroken"));
    const once = Object.keys(kinds).flatMap((receiver) => [`${receiver} firing`, `${receiver} resolved`]);
    expect(told.map(({ receiver, status }) => `${receiver} ${status}`).sort()).toEqual(once.sort());
    const [alertmanager] = demo.alertmanagers;
    const { config } = await requestJson<{ config: { original: string } }>(
      `${alertmanager?.url ?? ""}/api/v2/status`,
    );
    expect(config.original).toMatch(/smarthost: 127\.0\.0\.1:\d+\n/);
    expect(config.original).toContain("require_tls: true");
  });

  it("sends to another address what it is told to", async () => {
    await send("OrdersSlow", "warning");
    const [request] = await elsewhere.messages("/slack/elsewhere", 1, limitMs);
    expect(request?.body.toString()).toContain("OrdersSlow");
    expect(await demo.inbox.messages({ receiver: "slack-team" })).toEqual([]);
  });

  it("kills a program, which Prometheus sees, and starts it again at its address", async () => {
    const program = demo.program("product-service");
    const { url, pid } = program;
    expect(await program.kill()).toEqual({ code: null, signal: "SIGKILL" });
    expect(program.isRunning).toBe(false);
    await expect(fetch(`${url}/health/ready`)).rejects.toThrow("fetch failed");
    await upIs("product-service", 0);

    await program.restart();
    expect(program.isRunning).toBe(true);
    expect(program.url).toBe(url);
    expect(program.pid).not.toBe(pid);
    await upIs("product-service", 1);
    const throughGateway = await fetch(`${demo.serviceUrls["api-gateway"]}/api/products/products`);
    expect(throughGateway.status).toBe(200);
  });

  it("restarts Prometheus with its data, and an Alertmanager at its address", async () => {
    const before = Date.now() / 1000;
    await demo.program("prometheus").restart();
    await prometheus.allUp(limitMs, Date.now());
    const older = await prometheus.query(
      `count_over_time(up{job="auth-service"}[5m] @ ${before.toFixed(0)})`,
    );
    expect(older[0]?.value).toBeGreaterThan(1);

    const url = demo.alertmanagers[0]?.url ?? "";
    const program = demo.programs.find((each) => each.url === url);
    await program?.restart();
    await new AlertmanagerClient(url).send([{ labels: { alertname: "AfterRestart" } }]);
    const alerts = await new AlertmanagerClient(url).alerts();
    expect(alerts.map(({ labels }) => labels.alertname)).toContain("AfterRestart");
  });

  it("says which program it does not have", () => {
    expect(() => demo.program("grafana")).toThrow('No program "grafana" runs here.');
  });
});
