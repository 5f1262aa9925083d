import { Testing } from "cdktf";
import { parse } from "yaml";
import { namedAlarmKinds } from "../../constructs/cloudwatch/alarm-kinds";
import {
  loadEnvironments as loadOwn,
  environmentNames as ownNames,
  type Environment,
} from "../../environments";
import { CloudWatchStack } from "../../stacks/cloudwatch-stack";
import { ruleFilesOf } from "../../stacks/system";
import { environmentNames, loadEnvironments, parseEnvironment } from "../support/environments";
import { staging } from "../support/environments/staging";
import { Template } from "../support/template";

interface RuleFile {
  readonly groups: readonly {
    readonly rules: readonly { alert?: string; expr: string; labels?: { severity?: string } }[];
  }[];
}

/** The alert of Prometheus that is of the same condition as a kind of alarm. */
const alerts: Readonly<Record<string, string>> = {
  "high-cpu": "HostHighCpu",
  "low-disk": "HostFilesystemAlmostFull",
  "low-memory": "HostHighMemory",
};

/** Severity and threshold in percent of the alarms of a kind, as they are rendered. */
function alarmLevels(environment: Environment, kind: string): string[] {
  const template = Template.synth(new CloudWatchStack(Testing.app(), environment));
  const prefix = `${environment.project}-${environment.name}-${kind}`;
  return levels(
    template.resources("aws_cloudwatch_metric_alarm").flatMap(({ alarm_name, alarm_actions, threshold }) => {
      if (!String(alarm_name).startsWith(prefix)) return [];
      const [, topic] = /topics_(critical|warning)_/.exec(String(alarm_actions)) ?? [];
      return [[String(topic), Number(threshold)]];
    }),
  );
}

function rulesOf(environment: Environment) {
  const files = Object.values(ruleFilesOf(environment)).map((text) => parse(text) as RuleFile);
  return files.flatMap(({ groups }) =>
    groups.flatMap(({ rules }) => rules.map((rule) => ({ ...rule, expr: rule.expr.trim() }))),
  );
}

/** Severity and threshold in percent of the alerts of a name, as they are rendered. */
function alertLevels(environment: Environment, name: string): string[] {
  return levels(
    rulesOf(environment).flatMap(({ alert, expr, labels }) => {
      if (alert !== name) return [];
      const [, share] = /> ([\d.]+)$/.exec(expr) ?? [];
      return [[String(labels?.severity), Number((Number(share) * 100).toFixed(4))]];
    }),
  );
}

/** Each level once, as there is an alarm an instance. */
function levels(all: readonly (readonly [string, number])[]): string[] {
  return [...new Set(all.map(([severity, percent]) => `${severity} > ${String(percent)} %`))].sort();
}

const changed = parseEnvironment(
  {
    ...staging,
    alerting: {
      ...staging.alerting,
      thresholds: {
        hostCpu: 0.29,
        hostMemory: 0.57,
        filesystemUsedWarning: 0.701,
        filesystemUsedCritical: 0.9,
      },
    },
  },
  "staging.ts",
);

describe.each<[string, Environment]>([
  ...ownNames.flatMap((name) => loadOwn(name)).map((each): [string, Environment] => [each.name, each]),
  ...environmentNames
    .flatMap((name) => loadEnvironments(name))
    .map((each): [string, Environment] => [`${each.name} of the tests`, each]),
  ["staging with other thresholds", changed],
])("what CloudWatch and Prometheus both watch, in %s", (_, environment) => {
  it.each(Object.entries(alerts))(
    "has the same thresholds at the same severities: %s and %s",
    (kind, name) => {
      const isOfAgent = kind !== "high-cpu";
      const ofAlerts = alertLevels(environment, name);
      expect(ofAlerts).not.toEqual([]);
      expect(ofAlerts.join()).not.toContain("NaN");
      const expected = isOfAgent && environment.cloudwatch.agent === undefined ? [] : ofAlerts;
      expect(alarmLevels(environment, kind)).toEqual(expected);
    },
  );
});

/** Of a warning and of what is critical: no threshold is one of these by itself. */
const unusual = { warning: 0.3121, critical: 0.4321 } as const;

describe.each(
  namedAlarmKinds.filter(({ kind }) => kind.shared !== undefined).map((named) => [named.id, named] as const),
)("what %s shares with alerts", (id, { kind }) => {
  const shares = Object.entries(kind.shared?.shares ?? {}) as ["warning" | "critical", string][];
  const thresholds = Object.fromEntries(shares.map(([severity, name]) => [name, unusual[severity]]));
  const input = { ...staging, alerting: { ...staging.alerting, thresholds } };
  const environment = parseEnvironment(input, "staging.ts");

  it.each(shares)("is compared with at the severity %s, by alerts and by alarms", (severity) => {
    const rules = rulesOf(environment).filter(({ expr }) => expr.endsWith(`> ${String(unusual[severity])}`));
    expect([...new Set(rules.map(({ labels }) => labels?.severity))]).toEqual([severity]);
    expect(alarmLevels(environment, id)).toContain(`${severity} > ${(unusual[severity] * 100).toFixed(2)} %`);
  });
});
