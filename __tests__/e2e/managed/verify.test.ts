import { parse, stringify } from "yaml";
import { examine } from "../../../operations/checks/examine";
import { verifyChecks } from "../../../operations/verify/checks";
import { deploymentOf } from "../../../operations/verify/deployment";
import { subjectOf } from "../../../operations/verify/subject";
import { managedDefinitionOf, ruleNamespacesOf } from "../../../stacks/system";
import { AgentsOnCortex } from "../../support/agents-on-cortex";
import { groupsIn } from "../../support/cortex";
import { definitionForCortex } from "../../support/cortex-definition";
import { managedWith } from "../../support/environments/managed-agents";
import { cortexProgram, prometheusProgram } from "../../support/programs";
import { describeWith } from "../../support/require-program";
import { SignedReceiver } from "../../support/signed-receiver";
import { temporaryFolder } from "../../support/temporary-folder";
import { until } from "../../support/until";

jest.setTimeout(180_000);

const environment = managedWith({ shards: 1, replicas: 1 });
const { region } = environment.aws;
/** What a workspace answers. What its services export, Grafana and topics are looked at by `e2e/verify.test.ts`. */
const asked = ["Prometheus", "Targets", "Rules", "Alertmanager", "Watchdog"];
const checks = verifyChecks.filter(({ name }) => asked.includes(name));
const limitMs = 60_000;

type Undo = () => unknown;

interface Hole {
  readonly what: string;
  /** Makes it; what it gives mends it. */
  readonly make: () => Undo | Promise<Undo>;
  /** `Check: text` of the finding. */
  readonly told: RegExp;
}

describeWith([cortexProgram, prometheusProgram], "verify on a workspace", () => {
  const folder = temporaryFolder();
  const namespaces = ruleNamespacesOf(environment);
  const definition = managedDefinitionOf(environment, {
    topicArn: (receiver) => `arn:aws:sns:${region}:123456789012:alerts-${receiver}`,
    secretArn: (receiver) => `arn:aws:secretsmanager:${region}:123456789012:secret:${receiver}`,
  });
  let agents: AgentsOnCortex;
  let workspace: SignedReceiver;

  /** What is not well, as `Check: text`; requests are signed as those to AWS. */
  async function found(): Promise<readonly string[]> {
    const places = { prometheus: workspace.url, aws: { region, emulatorUrl: workspace.url } };
    const deployment = deploymentOf(environment, places);
    // Machines are discovered in EC2, and here there is one.
    const jobs = { ...deployment.jobs, "node-exporter": 1 };
    const findings = await examine(checks, subjectOf({ ...deployment, jobs }, undefined));
    return findings.flatMap(({ status, check, text }) => (status === "ok" ? [] : [`${check}: ${text}`]));
  }

  async function untilFound(isWanted: (lines: readonly string[]) => boolean): Promise<void> {
    let lines: readonly string[] = [];
    await until(async () => isWanted((lines = await found())), limitMs).catch((error: unknown) => {
      throw new Error(`Found at last: ${lines.join("\n") || "nothing"}`, { cause: error });
    });
  }

  /** Puts a namespace's rules there, evaluated every two seconds: nobody waits for days that are looked back on. */
  const putRules = (namespace: string, yaml = namespaces[namespace] ?? "") =>
    agents.cortex.putRules(namespace, groupsIn(yaml.replace(/interval: \w+/g, "interval: 2s")));
  const putDefinition = (text = definition) =>
    agents.cortex.putDefinition(
      definitionForCortex(text, { snsUrl: "http://127.0.0.1:9/", pagerDutyUrl: "http://127.0.0.1:9/" }),
    );

  /** Changes the expression of a rule, and puts it back. */
  async function changeRule(alert: string, edit: (expr: string) => string): Promise<Undo> {
    const [namespace = "", yaml = ""] =
      Object.entries(namespaces).find(([, text]) => text.includes(`alert: ${alert}\n`)) ?? [];
    const file = parse(yaml) as { groups: { rules: { alert?: string; expr: string }[] }[] };
    for (const rule of file.groups.flatMap(({ rules }) => rules))
      if (rule.alert === alert) rule.expr = edit(rule.expr);
    await putRules(namespace, stringify(file, { lineWidth: 0 }));
    return () => putRules(namespace);
  }

  beforeAll(async () => {
    agents = await AgentsOnCortex.start(folder, 1);
    const signer = { accessKeyId: "emulator", secretAccessKey: "emulator", region, service: "aps" };
    workspace = await SignedReceiver.start(agents.cortex.url, signer, (path) =>
      path.startsWith("/alertmanager/") ? path : `/prometheus${path}`,
    );
    await putDefinition();
    await until(async () => (await fetch(`${agents.cortex.url}/alertmanager/api/v2/status`)).ok, limitMs);
    for (const namespace of Object.keys(namespaces)) await putRules(namespace);
    await untilFound((lines) => lines.length === 0);
  });
  afterAll(async () => {
    // Each is undefined where the beginning failed.
    await (workspace as SignedReceiver | undefined)?.stop();
    await (agents as AgentsOnCortex | undefined)?.stop();
  });

  it("asks with signed requests alone", () => {
    expect(workspace.count.signed).toBeGreaterThan(5);
    expect(workspace.count.refused).toBe(0);
  });

  const holes: readonly Hole[] = [
    {
      what: "a group of rules that the workspace does not have",
      make: async () => {
        const [namespace = ""] =
          Object.entries(namespaces).find(([, text]) => text.includes("name: watchdog\n")) ?? [];
        await agents.cortex.removeGroup(namespace, "watchdog");
        return () => putRules(namespace);
      },
      told: /^Rules: the group watchdog of \S+ is not loaded/,
    },
    {
      what: "a rule that is not the one that was rendered",
      make: () => changeRule("HostHighCpu", (expr) => expr.replace(/[\d.]+$/, "0.99")),
      told: /^Rules: the group hosts has rules that are not as they were rendered: HostHighCpu$/,
    },
    {
      what: "a definition of Alertmanager that is another one",
      make: async () => {
        await putDefinition(definition.replace(/(severity\s*=\s*\\?"?)critical/, "$1urgent"));
        return () => putDefinition();
      },
      told: /^Alertmanager: .* has another configuration: route\./,
    },
    {
      what: "a workspace that does not answer",
      make: () => {
        workspace.answers = 503;
        return () => (workspace.answers = undefined);
      },
      told: /^Prometheus: cannot be asked: .*503/,
    },
    {
      what: "a service that answers no scrape, without knowing why",
      make: () => {
        agents.targets.end("order-service");
        return () => agents.targets.startAgain();
      },
      told: /^Targets: order-service at \S+ is down: its agent knows why/,
    },
  ];

  it.each(holes)("finds $what, and no more when it is mended", async ({ make, told }) => {
    const mend = await make();
    try {
      await untilFound((lines) => lines.some((line) => told.test(line)));
    } finally {
      await mend();
    }
    await untilFound((lines) => lines.length === 0);
  });
});
