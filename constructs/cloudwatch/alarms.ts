import type { Construct } from "constructs";
import { Problems } from "../props-error";
import {
  type AlarmGraphs,
  type AlarmSurroundings,
  type AnyAlarmKind,
  brokenLimits,
  canWatch,
  type PropsOf,
} from "./alarm-kind";
import { type AlarmKinds, namedAlarmKinds } from "./alarm-kinds";
import { type AlarmProps, MetricAlarm } from "./metric-alarm";
import { checkTarget, type MetricTarget } from "./metric-target";
import { agentNamespace, filterPattern, ownNamespace } from "./settings";
import type { ThresholdLine, WidgetSize } from "./widgets";

/** What the graphs of several alarms of one kind show together. */
export interface ShownTogether {
  /** The machines of all of them. */
  readonly target: MetricTarget;
  /** The thresholds of all of them. */
  readonly thresholds: readonly ThresholdLine[];
}

/** An alarm of one of the kinds. `alarms` has a construct of each, whose props are typed. */
export class AlarmOfKind extends MetricAlarm {
  /**
   * @param props those of the kind; more are let be
   * @throws PropsError for what AWS would refuse or what could not work
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly kind: AnyAlarmKind,
    private readonly props: AlarmProps & Partial<AlarmSurroundings>,
  ) {
    super(scope, id, { ...props, ...kind.watch(props as never) }, problemsOf(kind, props));
  }

  /**
   * Its graph with the threshold in it, then those that are looked at with it, all of one size.
   * @param shown what the graphs of several alarms of the kind show together. Default: what this alarm is about
   */
  graphs(size: WidgetSize, shown: Partial<ShownTogether> = {}): AlarmGraphs {
    return this.kind.graphs({ ...this.props, ...size, thresholds: [this.thresholdLine], ...shown } as never);
  }
}

type AlarmConstructs = {
  readonly [Key in keyof AlarmKinds as `${Capitalize<Key>}Alarm`]: new (
    scope: Construct,
    id: string,
    props: PropsOf<AlarmKinds[Key]>,
  ) => AlarmOfKind;
};

/** The construct of each kind of alarm: `new alarms.HighCpuAlarm(scope, id, props)`. */
export const alarms = Object.fromEntries(
  namedAlarmKinds.map(({ name, kind }) => [
    `${name}Alarm`,
    class extends AlarmOfKind {
      constructor(scope: Construct, id: string, props: AlarmProps) {
        super(scope, id, kind, props);
      }
    },
  ]),
) as unknown as AlarmConstructs;

function problemsOf(kind: AnyAlarmKind, props: AlarmProps & Partial<AlarmSurroundings>): Problems {
  const problems = new Problems();
  for (const need of kind.needs) checkSurroundings[need]?.(props, problems);
  const { target } = props;
  if (target && !canWatch(kind, target.kind)) {
    problems.expect(false, "target.kind", target.kind, (kind.targets ?? []).join(" or "));
  }
  for (const [prop, schema] of Object.entries(kind.settings)) {
    problems.holds(schema, prop, Reflect.get(props, prop));
  }
  for (const { prop, found, allowed } of brokenLimits(kind, props)) {
    problems.expect(false, prop, found, allowed);
  }
  return problems;
}

type Check = (props: Partial<AlarmSurroundings>, problems: Problems) => void;

const checkSurroundings: Partial<Record<keyof AlarmSurroundings, Check>> = {
  target: ({ target }, problems) => {
    if (target) checkTarget(target, problems);
  },
  namespace: ({ namespace = agentNamespace }, problems) => {
    problems.holds(ownNamespace, "namespace", namespace);
  },
  pattern: ({ pattern }, problems) => {
    problems.holds(filterPattern, "pattern", pattern);
  },
  metricNamespace: ({ metricNamespace }, problems) => {
    problems.holds(ownNamespace, "metricNamespace", metricNamespace);
  },
};
