import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "../../../demo/demo";
import type { Fault } from "../../../demo/faults/fault";
import { faster } from "../../../demo/speed/faster";
import type { Environment } from "../../../environments";
import { managedDefinitionOf, ruleNamespacesOf } from "../../../stacks/system";
import { tell } from "../../support/alert-fault";
import { groupsIn, TestCortex } from "../../support/cortex";
import { definitionForCortex } from "../../support/cortex-definition";
import { evaluate, synthesizedDashboards } from "../../support/grafana-queries";
import { synthesize } from "../../../stacks";
import { criticalReceivers } from "../../support/critical-receivers";
import { failing, killed, openShop } from "../../support/demo-faults";
import { type Moto, motoServer, startMoto } from "../../support/moto";
import { sendMany } from "../../support/requests";
import { cortexProgram } from "../../support/programs";
import { demoPrograms, describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { startTestDemo } from "../../support/test-demo";
import { type TopicMessage, TopicQueues } from "../../support/topic-queues";

const speed = 15;
const minutes = (count: number) => (count * 60_000) / speed;
const limitMs = 120_000;
const region = "us-east-1";

/** Both evaluate the same rules over the same samples, at other moments: at this speed, up to two seconds apart. */
const tolerance = 0.05;

jest.setTimeout(6 * limitMs);

/** Both faults are critical. */
const route = { receivers: criticalReceivers, groupWaitMs: minutes(35 / 60) };

describeWith([...demoPrograms, cortexProgram, motoServer], "a workspace in place of one host", () => {
  const folder = temporaryFolder();
  const pages: { readonly event_action: string; readonly payload?: { readonly summary: string } }[] = [];
  const told: TopicMessage[] = [];
  let demo: Demo;
  let cortex: TestCortex;
  let moto: Moto;
  let pagerDuty: Server;
  let faults: readonly Fault[];

  beforeAll(async () => {
    moto = await startMoto();
    const queues = new TopicQueues(moto.url, region);
    pagerDuty = createServer((request, response) => {
      void (async () => {
        let text = "";
        for await (const chunk of request) text += String(chunk);
        pages.push(JSON.parse(text) as (typeof pages)[number]);
        response.writeHead(202, { "content-type": "application/json" }).end('{"status":"success"}');
      })();
    });
    await new Promise<void>((resolve) => pagerDuty.listen(0, "127.0.0.1", resolve));
    const { port } = pagerDuty.address() as AddressInfo;
    cortex = await TestCortex.start(folder(), {
      evaluationInterval: `${String(30_000 / speed)}ms`,
      env: {
        AWS_ACCESS_KEY_ID: "emulator",
        AWS_SECRET_ACCESS_KEY: "emulator",
        AWS_REGION: region,
      },
    });
    demo = await startTestDemo({
      ports: "free",
      speed,
      environment: (local) => writingTo(cortex.writeUrl, local),
      // What the rules of this host record, and its alerts, are made anew there.
      edit: (path, text) => (path.endsWith("/prometheus.yml") ? withoutRecorded(text) : text),
    });
    const receivers = demo.environment.alerting.receivers.map(({ name }) => name);
    await queues.make(receivers);
    for (const [namespace, yaml] of Object.entries(ruleNamespacesOf(demo.environment))) {
      await cortex.putRules(namespace, groupsIn(faster(yaml, speed)));
    }
    const definition = managedDefinitionOf(demo.environment, {
      topicArn: (receiver) => queues.arnOf(receiver),
      secretArn: () => "arn:aws:secretsmanager:us-east-1:123456789012:secret:key",
    });
    await cortex.putDefinition(
      definitionForCortex(definition.replaceAll(/region: \S+/g, `region: ${region}`), {
        snsUrl: moto.url,
        pagerDutyUrl: `http://127.0.0.1:${String(port)}/`,
        edit: (text) => faster(text, speed),
      }),
    );
    await demo.prometheus?.allUp(limitMs);
    await demo.alertmanagers[0]?.silence({ alertname: "HostClockNotSynchronised" }, minutes(24 * 60));
    const shop = await openShop(demo.serviceUrls, speed);
    for (const request of [shop.products, shop.validation, shop.orders]) await sendMany(request, 10_000);
    await sleep(minutes(6));
    await queues.take();
    faults = [killed(demo), failing(shop)];
    for (const fault of faults) await tell(demo, fault, route, limitMs);
    await sleep(minutes(6));
    told.push(...(await queues.take()));
    for (const { after } of faults) await after?.();
  });
  afterAll(async () => {
    await demo.stop();
    await cortex.stop();
    await moto.stop();
    pagerDuty.close();
  });

  /** What a message is about: its receiver, whether it is the end, the alert and the service; of each once. */
  const outline = (messages: readonly (readonly [receiver: string, text: string])[]) =>
    [
      ...new Set(
        messages.flatMap(([receiver, text]) =>
          faults
            .filter(({ alert, service }) => text.includes(alert) && text.includes(service))
            .map(({ alert, service }) => {
              const status = /resolve/i.test(text.slice(0, 200)) ? "resolved" : "firing";
              return `${receiver} ${status} ${alert} ${service}`;
            }),
        ),
      ),
    ].sort();

  it("tells the same receivers of the same alerts, and of their end", async () => {
    const inbox = await demo.inbox.messages();
    const mails = demo.environment.alerting.receivers.flatMap((receiver) =>
      receiver.kind === "email" ? receiver.to.map((address) => [address, receiver.name] as const) : [],
    );
    const nameOf = (receiver: string) => mails.find(([address]) => address === receiver)?.[1] ?? receiver;
    const here = inbox.flatMap(({ receiver, title, text, status, payload }) =>
      // No workspace tells it: an environment with one is refused.
      receiver === "discord-alerts"
        ? []
        : [[nameOf(receiver), `${status} ${title} ${text} ${JSON.stringify(payload)}`] as const],
    );
    const there = [
      ...told.map(({ receiver, subject, text }) => [receiver, `${subject} ${text}`] as const),
      ...pages.map(
        (page) => ["pagerduty-on-call", JSON.stringify({ action: page.event_action, page })] as const,
      ),
    ];
    expect(outline(here)).toHaveLength(criticalReceivers.length * 2 * faults.length);
    expect(outline(there)).toEqual(outline(here));
  });

  it("tells each once", () => {
    const about = told.filter(({ subject, text }) =>
      faults.some(({ alert, service }) => `${subject} ${text}`.includes(alert) && text.includes(service)),
    );
    const keys = about.map(
      ({ receiver, subject, text }) => `${receiver} ${subject} ${text.replace(/Resolved:.*?UTC/, "")}`,
    );
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it("says the same of them: summary, description, runbook and dashboard", async () => {
    const alerts = await demo.inbox.messages({ receiver: "webhook-incidents" });
    const annotations = alerts
      .flatMap(({ payload }) => (payload as { alerts: { annotations: Record<string, string> }[] }).alerts)
      .map((each) => each.annotations);
    expect(annotations.length).toBeGreaterThan(0);
    const slack = told
      .filter(({ receiver }) => receiver === "slack-critical")
      .map(({ text }) => text)
      .join("\n");
    for (const { summary = "", runbook_url: runbook = "", dashboard_url: dashboard = "" } of annotations) {
      // The demo's page and inbox are at other ports than the environment's.
      const pathOf = (url: string) => url.replace(/^https?:\/\/[^/]+/, "");
      for (const part of [summary, pathOf(runbook), pathOf(dashboard)]) {
        expect(part).not.toBe("");
        expect(slack).toContain(part);
      }
    }
  });

  it("has no alert there that is not here, and none here that is not there", async () => {
    const here = (await demo.alertmanagers[0]?.alerts()) ?? [];
    const there = await cortex.alerts();
    // Alerts that come and go with how busy this machine is are not of these.
    const names = (all: readonly { readonly labels: Readonly<Record<string, string>> }[]) =>
      [
        ...new Set(
          all.map(
            ({ labels }) => `${labels.alertname ?? ""} ${labels.service ?? ""} ${labels.severity ?? ""}`,
          ),
        ),
      ]
        .filter((name) => !/^(Host|RemoteWrite|Recent|Prometheus)/.test(name))
        .sort();
    expect(names(there)).toEqual(names(here));
  });

  it("has the same values in every panel of every dashboard", async () => {
    const { prometheus: own } = demo;
    if (!own) throw new Error("The demo has no Prometheus.");
    const outdir = folder();
    synthesize([demo.environment], outdir);
    const values: { name: string; here: number; there: number }[] = [];
    const compared: { name: string; here: number; there: number }[] = [];
    for (const [uid, dashboard] of synthesizedDashboards(outdir, "local-grafana")) {
      // Both have evaluated by then what they record of it.
      const to = Math.floor(Date.now() / 1_000) - 10;
      const view = { from: to - 60, to, step: 1, scrapeInterval: 1 };
      const [here, there] = await Promise.all(
        [own, cortex.client].map((each) => evaluate(dashboard, each, view)),
      );
      for (const [index, one] of (here ?? []).entries()) {
        const other = there?.[index];
        compared.push({ name: `${uid}/${one.name}`, here: one.series, there: other?.series ?? -1 });
        for (const [labels, value] of one.values) {
          const same = other?.values.get(labels) ?? NaN;
          if (Number.isFinite(value))
            values.push({ name: `${uid}/${one.name} ${labels}`, here: value, there: same });
        }
      }
    }
    const differing = compared.filter(({ here, there }) => here !== there);
    const apart = values.filter(({ here, there }) => !(Math.abs(here - there) <= Math.abs(here) * tolerance));
    console.log(
      `${String(compared.length)} queries, ${String(values.length)} values, of which ${String(apart.length)} are more than ${String(tolerance * 100)} % apart: ${JSON.stringify(apart)}`,
    );
    expect(differing).toEqual([]);
    expect(compared.length).toBeGreaterThan(200);
    expect(values.length).toBeGreaterThan(300);
    expect(apart.length).toBeLessThan(values.length * 0.02);
  });
});

function writingTo(url: string, local: Environment): Environment {
  return { ...local, prometheus: { ...local.prometheus, remoteWrite: [{ name: "workspace", url }] } };
}

function withoutRecorded(text: string): string {
  return text.replace(
    /(remote_write:\n(\s*)- name: workspace\n)/,
    (_, head: string, indent: string) =>
      `${head}${indent}  write_relabel_configs:\n${indent}    - source_labels: [__name__]\n${indent}      regex: .*:.*|ALERTS|ALERTS_FOR_STATE\n${indent}      action: drop\n`,
  );
}
