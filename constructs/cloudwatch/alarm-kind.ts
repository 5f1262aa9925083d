import type { z } from "zod";
import type { Severity } from "./alarm-routing";
import type { AlarmProps, WatchedThreshold } from "./metric-alarm";
import type { MetricTarget } from "./metric-target";
import type { WidgetSize, GraphWidget, ThresholdLine } from "./widgets";

/** What alarms are given besides what is said of each: a kind names those of these that it needs. */
export interface AlarmSurroundings {
  /** Which machines are watched. */
  readonly target: MetricTarget;
  /** Whether the machines have detailed monitoring, one sample a minute. Without it EC2 has one in five minutes. */
  readonly detailedMonitoring: boolean;
  /**
   * Namespace in which the CloudWatch agent publishes: 1 to 255 letters, digits and `. - _ / # :`, not starting with
   * `AWS/`.
   * @default "CWAgent"
   */
  readonly namespace?: string;
  /** Name of the log group whose lines are counted. */
  readonly logGroupName: string;
  /**
   * CloudWatch Logs filter pattern that a line matches, such as `{ $.level >= 50 }` or `?ERROR ?Fatal`: 1 to 1024
   * characters.
   */
  readonly pattern: string;
  /**
   * Namespace of the metric that counts the lines: 1 to 255 letters, digits and `. - _ / # :`, not starting with
   * `AWS/`. Its metric is `<name>`, the alarm's name.
   */
  readonly metricNamespace: string;
  /** Name of the SNS topic whose messages are counted. */
  readonly topicName: string;
  /** Name of the SQS queue of messages that could not be delivered. */
  readonly deadLetterQueueName: string;
  /** Id of the workspace of Amazon Managed Service for Prometheus that is watched. */
  readonly workspaceId: string;
  /** Name of what the workspace uses of a quota, as CloudWatch has it (`Resource`), such as `ActiveSeries`. */
  readonly workspaceUsage: string;
}

/** Schemas of props, by the prop. */
export type PropSchemas = Readonly<Record<string, z.ZodType>>;

/** A threshold that an alarm has in common with alerts of Prometheus: it is said once, for both. */
export interface SharedThreshold<Setting extends string = string> {
  /** The setting that takes it, in percent. */
  readonly setting: Setting;
  /** Names of the shares, from 0 to 1, by severity. There is an alarm for each severity. */
  readonly shares: Readonly<Partial<Record<Severity, string>>>;
}

/**
 * `always`: every environment that has what it watches (machines, the CloudWatch agent on them, a log group) has the
 * alarm. `asked`: one that says something of it.
 */
export type AlarmPresence = "always" | "asked";

/** An alarm's own graph, then those that are looked at with it. */
export type AlarmGraphs = readonly [GraphWidget, ...GraphWidget[]];

/** A kind of alarm, whatever its props are. */
export interface AnyAlarmKind {
  /** When it goes off, in a few words. */
  readonly meaning: string;
  /** How bad it is in the stacks of this project. */
  readonly severity: Severity;
  /**
   * Which machines it can watch.
   * @default - all that a target can say
   */
  readonly targets?: readonly MetricTarget["kind"][];
  /**
   * The threshold that it has in common with alerts of Prometheus. An environment says it in `alerting.thresholds`, and
   * not here. Its severity is among those of the shares.
   * @default - none
   */
  readonly shared?: SharedThreshold;
  /** Which environments have it. */
  readonly presence: AlarmPresence;
  /**
   * What it is given besides what is said of it. With `namespace` it is on the CloudWatch agent's metrics: then an
   * environment says its settings in `cloudwatch.agent`, in which all such alarms have their periods and what missing
   * data means in common; else in `cloudwatch.alarms`, under its name in the list of kinds.
   */
  readonly needs: readonly (keyof AlarmSurroundings)[];
  /** What is said of it besides periods and missing data, by the prop. Schemas of these are taken in place of the usual. */
  readonly settings: PropSchemas;
  /**
   * What must hold of several props together: each a loose schema of just these, with a refinement whose path is the
   * prop that is told and whose message is what is allowed. Where they have the wrong shape it is not asked.
   * @default - nothing
   */
  readonly limits?: readonly z.ZodType[];
  /** What the alarm compares with which threshold, and what it says. */
  watch(props: never): WatchedThreshold;
  /** What a dashboard shows of it. */
  graphs(props: never): AlarmGraphs;
}

/** What the alarms of a kind take. */
export type PropsOf<Kind extends Pick<AnyAlarmKind, "needs" | "settings">> = AlarmProps &
  Pick<AlarmSurroundings, Kind["needs"][number]> & {
    readonly [Prop in keyof Kind["settings"]]: z.output<Kind["settings"][Prop]>;
  };

/** What a kind's graphs are made of besides the alarm's props. */
export interface AlarmGraphProps extends WidgetSize {
  /** The alarm's threshold. */
  readonly thresholds: readonly ThresholdLine[];
}

/** A kind of alarm with its props. */
export interface AlarmKind<
  Settings extends PropSchemas,
  Need extends keyof AlarmSurroundings,
  Presence extends AlarmPresence,
  Setting extends keyof Settings & string,
> extends AnyAlarmKind {
  /**
   * The threshold that it has in common with alerts of Prometheus.
   * @default - none
   */
  readonly shared?: SharedThreshold<Setting>;
  /** Which environments have it. */
  readonly presence: Presence;
  /** What it is given besides what is said of it. */
  readonly needs: readonly Need[];
  /** What is said of it besides periods and missing data, by the prop. */
  readonly settings: Settings;
  /** What the alarm compares with which threshold, and what it says. */
  watch(props: PropsOf<{ needs: readonly Need[]; settings: Settings }>): WatchedThreshold;
  /** What a dashboard shows of it. */
  graphs(props: PropsOf<{ needs: readonly Need[]; settings: Settings }> & AlarmGraphProps): AlarmGraphs;
}

/** A kind of alarm. It knows nothing of Terraform, so that an environment's schema is made from it, too. */
export function alarmKind<
  Settings extends PropSchemas,
  Need extends keyof AlarmSurroundings,
  Presence extends AlarmPresence,
  Setting extends keyof Settings & string = never,
>(kind: AlarmKind<Settings, Need, Presence, Setting>): AlarmKind<Settings, Need, Presence, Setting> {
  return kind;
}

/** The settings of a kind that are said of it alone: all but the threshold that it shares. */
export function ownSettings({ settings, shared }: AnyAlarmKind): PropSchemas {
  return Object.fromEntries(Object.entries(settings).filter(([prop]) => prop !== shared?.setting));
}

/** The severities of a kind: its own first, then that of a threshold below it. */
export function severitiesOf({ severity, shared }: AnyAlarmKind): readonly Severity[] {
  const shares = Object.keys(shared?.shares ?? {}) as Severity[];
  return [...new Set([severity, ...shares])];
}

/** Whether a kind is about machines, and not about lines. */
export function isOfMachines({ needs }: AnyAlarmKind): boolean {
  return needs.includes("target");
}

/** Whether a kind is on the metrics of the CloudWatch agent. */
export function isOfAgent({ needs }: AnyAlarmKind): boolean {
  return needs.includes("namespace");
}

/** Whether a kind is on the lines of a log group. */
export function isOfLines({ needs }: AnyAlarmKind): boolean {
  return needs.includes("logGroupName");
}

/** Whether a kind is on the topics that carry the messages of alarms, or on what is left of these. */
export function isOfTopics({ needs }: AnyAlarmKind): boolean {
  return needs.includes("topicName") || needs.includes("deadLetterQueueName");
}

/** Whether a kind is on a workspace of Amazon Managed Service for Prometheus. */
export function isOfWorkspace({ needs }: AnyAlarmKind): boolean {
  return needs.includes("workspaceId");
}

/** Whether a kind can watch machines that are said in this way. */
export function canWatch({ targets }: AnyAlarmKind, target: MetricTarget["kind"]): boolean {
  return targets?.includes(target) ?? true;
}

/** A prop that does not go with others. */
export interface BrokenLimit {
  /** Name of the prop. */
  readonly prop: string;
  /** Its value. */
  readonly found: unknown;
  /** What is allowed beside the others, in words. */
  readonly allowed: string;
}

/** What of a kind's limits does not hold of props, which may be of any shape. */
export function brokenLimits({ limits = [] }: AnyAlarmKind, props: object): BrokenLimit[] {
  return limits.flatMap((limit) => {
    const issues = limit.safeParse(props, { jitless: true }).error?.issues ?? [];
    return issues.flatMap(({ code, path, message }) => {
      const prop = String(path[0]);
      const found: unknown = Reflect.get(props, prop);
      // Props of the wrong shape are told by their own schemas.
      return code === "custom" ? [{ prop, found, allowed: message }] : [];
    });
  });
}
