import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "../../../demo/demo";
import type { Fault } from "../../../demo/faults/fault";
import { noSmallFileSystem, SmallFileSystem } from "../../../demo/faults/small-file-system";
import { faster } from "../../../demo/speed/faster";
import type { Environment } from "../../../environments";
import { synthesize } from "../../../stacks";
import { managedDefinitionOf, ruleNamespacesOf } from "../../../stacks/system";
import { type Route, tell } from "../../support/alert-fault";
import { differingSeries, differingValues, type Round, roundOf } from "../../support/compared-dashboards";
import { groupsIn, TestCortex } from "../../support/cortex";
import { definitionForCortex } from "../../support/cortex-definition";
import { criticalReceivers } from "../../support/critical-receivers";
import {
  diskFull,
  failing,
  killed,
  openShop,
  ordersFailing,
  ordersMissing,
  slow,
  withoutMetrics,
} from "../../support/demo-faults";
import { environmentOfFaults, nodeExporterFlags } from "../../support/fault-environment";
import { synthesizedDashboards } from "../../support/grafana-queries";
import { type Moto, motoServer, startMoto } from "../../support/moto";
import { cortexProgram } from "../../support/programs";
import { sendMany } from "../../support/requests";
import { demoPrograms, describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { startTestDemo } from "../../support/test-demo";
import { isOf, statusOf, type Told, ToldByTopics } from "../../support/told-by-topics";
import { TopicQueues } from "../../support/topic-queues";
import { until } from "../../support/until";

const speed = 15;
const minutes = (count: number) => (count * 60_000) / speed;
const limitMs = 120_000;
const region = "us-east-1";

/** Share of a value by which both may differ. */
const tolerance = 0.05;
/**
 * By how much rules look into the past: a workspace, which gets the samples of one scrape in several requests, does so by 60 s
 * (https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-workspace-configuration.html, 28 November 2026). Without it, a
 * rule that is evaluated between two of these records some alone: burn rates were off by a fifth.
 */
const ruleQueryOffset = `${String(minutes(1))}ms`;
/** How often both are asked, and how long between: longer than the longest interval of the rules, which is 2 minutes. */
const mostRounds = 4;
const betweenRoundsMs = minutes(2.5);

/** `MANAGED_ALL_FAULTS=1` lets all faults of the demo happen; otherwise those that every kind of receiver is told of. */
const areAll = process.env.MANAGED_ALL_FAULTS === "1";

jest.setTimeout(6 * limitMs);

/** As the demo's own Alertmanager tells, and the workspace, which cannot tell Discord. */
const routes: Readonly<Record<Fault["severity"], Route & { readonly there: readonly string[] }>> = {
  critical: {
    receivers: criticalReceivers,
    groupWaitMs: minutes(35 / 60),
    there: ["slack-critical", "email-ops", "pagerduty-on-call", "webhook-incidents"],
  },
  warning: {
    receivers: ["slack-team", "discord-alerts", "msteams-team"],
    groupWaitMs: minutes(0.5),
    there: ["slack-team", "msteams-team"],
  },
};

/** Some machines let nobody mount anything: all but the full disk is tested there. */
const noDisk = areAll ? noSmallFileSystem() : "";
if (noDisk !== "") process.stderr.write(`SKIPPED HostFilesystemAlmostFull: ${noDisk}\n`);

describeWith([...demoPrograms, cortexProgram, motoServer], "a workspace in place of one host", () => {
  const folder = temporaryFolder();
  let told: ToldByTopics;
  let demo: Demo;
  let disk: SmallFileSystem | undefined;
  let cortex: TestCortex;
  let moto: Moto;
  const faults: Fault[] = [];

  beforeAll(async () => {
    moto = await startMoto();
    const queues = new TopicQueues(moto.url, region);
    told = await ToldByTopics.start();
    disk = areAll && noDisk === "" ? new SmallFileSystem() : undefined;
    cortex = await TestCortex.start(folder(), {
      evaluationInterval: `${String(30_000 / speed)}ms`,
      limits: { ruler_query_offset: ruleQueryOffset },
      env: {
        AWS_ACCESS_KEY_ID: "emulator",
        AWS_SECRET_ACCESS_KEY: "emulator",
        AWS_REGION: region,
      },
    });
    demo = await startTestDemo({
      ports: "free",
      speed,
      environment: (local) => writingTo(cortex.writeUrl, environmentOfFaults(local)),
      flags: { "node-exporter": nodeExporterFlags },
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
        pagerDutyUrl: told.pagerDutyUrl,
        edit: (text) => faster(text, speed),
      }),
    );
    await demo.prometheus?.allUp(limitMs);
    await demo.alertmanagers[0]?.silence({ alertname: "HostClockNotSynchronised" }, minutes(24 * 60));
    const shop = await openShop(demo.serviceUrls, speed);
    for (const request of [shop.products, shop.validation, shop.orders]) await sendMany(request, 25_000);
    await sleep(minutes(6));
    await told.readFrom(queues);
    if (areAll) {
      await together(killed(demo), slow(shop), ordersMissing(shop), ...(disk ? [diskFull(disk)] : []));
      await together(failing(shop), ordersFailing(shop), withoutMetrics(demo));
    } else {
      await together(killed(demo), failing(shop));
      await together(withoutMetrics(demo));
    }
    // What else there is comes when the groups are told the next time.
    await sleep(minutes(6));
    for (const { after } of faults) await after?.();
  });
  afterAll(async () => {
    await told.stop();
    await demo.stop();
    await cortex.stop();
    await moto.stop();
    disk?.unmount();
  });

  /** Lets faults happen at the same time, and waits until everybody is told here and there, and of the end. */
  async function together(...some: readonly Fault[]): Promise<void> {
    faults.push(...some);
    await Promise.all(
      some.map(async (fault) => {
        const { there, ...route } = routes[fault.severity];
        const mend = async () => {
          await told.toldAll(fault, there, "firing", limitMs);
          if (fault.silencesWarning === true) await until(() => isWarningInhibited(fault), limitMs);
          await fault.mend();
        };
        await tell(demo, { ...fault, mend }, route, limitMs);
        await told.toldAll(fault, there, "resolved", limitMs);
      }),
    );
  }

  /** Whether the workspace's Alertmanager has the warning of the same name, and keeps it back. */
  async function isWarningInhibited({ alert, service }: Fault): Promise<boolean> {
    const alerts = await cortex.alerts();
    const warning = alerts.find(
      ({ labels }) =>
        labels.alertname === alert && labels.service === service && labels.severity === "warning",
    );
    return warning?.status.state === "suppressed" && warning.status.inhibitedBy.length > 0;
  }

  /** What messages are about: the receiver, whether it is the end, the alert and the service; of each once. */
  const outline = (messages: readonly Told[]) =>
    [
      ...new Set(
        messages.flatMap(({ receiver, text }) =>
          faults
            .filter((fault) => isOf(fault, text))
            .map(({ alert, service }) => `${receiver} ${statusOf(text)} ${alert} ${service}`),
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
        : [{ receiver: nameOf(receiver), text: `${status} ${title} ${text} ${JSON.stringify(payload)}` }],
    );
    const there = told.messages.map(({ receiver, subject, text }) => ({
      receiver,
      text: `${subject} ${text}`,
    }));
    const wanted = faults.flatMap(({ alert, service, severity }) =>
      routes[severity].there.flatMap((receiver) =>
        ["firing", "resolved"].map((status) => `${receiver} ${status} ${alert} ${service}`),
      ),
    );
    console.info(`${String(faults.length)} faults: ${faults.map(({ alert }) => alert).join(", ")}`);
    expect(outline(here)).toEqual(wanted.sort());
    expect(outline(there)).toEqual(outline(here));
  });

  it("is told in every kind of message that a workspace has, and at every severity", () => {
    const kinds = demo.environment.alerting.receivers
      .filter(({ kind }) => kind !== "discord" && kind !== "heartbeat")
      .map(({ name }) => name);
    expect([...new Set(faults.flatMap(({ severity }) => routes[severity].there))].sort()).toEqual(
      kinds.sort(),
    );
    expect(new Set(faults.map(({ severity }) => severity))).toEqual(new Set(["critical", "warning"]));
  });

  it("says in each message what is wrong, and where its runbook and dashboard are", () => {
    for (const fault of faults) {
      const firing = told.about(fault).filter(({ text }) => statusOf(text) === "firing");
      expect(firing.length).toBeGreaterThan(0);
      for (const { receiver, text } of firing) {
        for (const words of [...fault.says, `/runbooks/${fault.alert}.md`, "/d/"]) {
          const isSaid = typeof words === "string" ? text.includes(words) : words.test(text);
          expect([receiver, fault.alert, String(words), isSaid]).toEqual([
            receiver,
            fault.alert,
            String(words),
            true,
          ]);
        }
      }
    }
  });

  it("tells each once", () => {
    const keys = told.messages
      .filter(({ subject, text }) => faults.some((fault) => isOf(fault, `${subject} ${text}`)))
      .map(({ receiver, subject, text }) => `${receiver} ${subject} ${text.replace(/Resolved:.*?UTC/, "")}`);
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it("says the same of them: summary, description, runbook and dashboard", async () => {
    const alerts = await demo.inbox.messages({ receiver: "webhook-incidents" });
    const annotations = alerts
      .flatMap(({ payload }) => (payload as { alerts: { annotations: Record<string, string> }[] }).alerts)
      .map((each) => each.annotations);
    expect(annotations.length).toBeGreaterThan(0);
    const slack = told.messages
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
    const dashboards = synthesizedDashboards(outdir, "local-grafana");
    const rounds: Round[] = [];
    const differing = () => [...differingSeries(rounds), ...differingValues(rounds, tolerance)];
    do {
      if (rounds.length > 0) await sleep(betweenRoundsMs);
      rounds.push(await roundOf(dashboards, own, cortex.client));
      const [first] = rounds;
      console.info(
        `${String(first?.series.size)} queries, ${String(first?.values.size)} values; ` +
          `after ${String(rounds.length)} rounds ${String(differing().length)} are not the same: ${differing().join("; ")}`,
      );
    } while (differing().length > 0 && rounds.length < mostRounds);
    expect(differing()).toEqual([]);
    expect(rounds[0]?.series.size).toBeGreaterThan(200);
    expect(rounds[0]?.values.size).toBeGreaterThan(300);
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
