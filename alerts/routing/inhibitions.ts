import {
  has,
  is,
  isNot,
  isOneOf,
  type Labels,
  type Matcher,
  matches,
  matchesAll,
  renderMatcher,
} from "./matcher";
import {
  everywhere,
  type OwnPages,
  rememberedFaults,
  seenByProbes,
  serviceGone,
  silencedByServiceGone,
} from "./page-once";

/** While an alert of the source fires, those of the target that are about the same thing are not told. */
export interface Inhibition {
  /** What it is for, for messages and the documentation. */
  readonly name: string;
  readonly source: readonly Matcher[];
  readonly target: readonly Matcher[];
  /** Labels that must be the same on both sides. One that neither side has counts as the same. */
  readonly equal: readonly string[];
}

/** Labels that say what an alert is about; one of them must be there on both sides of an inhibition. */
const places = ["service", "instance"];

/**
 * What silences what in a system with these critical alerts of its own.
 * @param isThere whether an environment has an alert of that name. Default: all are there
 */
export function inhibitionsOf(own: OwnPages, isThere = everywhere): readonly Inhibition[] {
  const named = (names: readonly string[]) => isOneOf("alertname", names.filter(isThere));
  const all: readonly Inhibition[] = [
    {
      name: "a critical alert silences the same alert of lower severity",
      source: [is("severity", "critical"), has("service")],
      target: [is("severity", "warning"), has("service")],
      // A service has several objectives, a job several hosts, a host several file systems and containers.
      equal: ["alertname", "service", "environment", "objective", "instance", "mountpoint", "name"],
    },
    {
      name: "a service that is not there silences its errors, its latency and its objectives",
      source: [named(serviceGone), has("service")],
      target: [named(silencedByServiceGone(own)), has("service")],
      equal: ["service", "environment"],
    },
    {
      name: "a service that answers with errors, or not from outside, silences what it then cannot do",
      source: [named(["HighErrorRatio", "ProbeFailed"]), is("severity", "critical"), has("service")],
      target: [named(own.prompt), has("service")],
      equal: ["service", "environment"],
    },
    {
      name: "a service that answers with errors or slowly silences what its probe sees of it",
      source: [named(["HighErrorRatio", "HighLatency"]), is("severity", "critical"), has("service")],
      target: [named(seenByProbes), has("service")],
      equal: ["service", "environment"],
    },
    {
      name: "a probe that fails silences that it is slow",
      source: [named(["ProbeFailed"]), has("service")],
      target: [named(["ProbeSlow"]), has("service")],
      equal: ["service", "environment", "instance"],
    },
    {
      name: "a program of the monitoring that is down silences that its pages cannot be reached",
      source: [named(["MonitoringTargetDown"]), has("service")],
      target: [named(["EdgePageFailed"]), has("service")],
      equal: ["service", "environment"],
    },
    {
      name: "a machine that is gone silences what its programs tell, and that they do not answer",
      source: [named(["HostDown"]), has("instance")],
      target: [isNot("alertname", "HostDown"), has("instance")],
      equal: ["instance", "environment"],
    },
    ...rememberedFaults(own, isThere).map(({ alert, silences }): Inhibition => ({
      name: `a fault of a service that was told silences what sees it later and longer: ${silences.join(", ")}`,
      source: [is("alertname", alert), has("service")],
      target: [named(silences), is("severity", "critical"), has("service")],
      equal: ["service", "environment"],
    })),
  ];
  const isOfNone = ({ label, value }: Matcher) => label === "alertname" && value === "";
  return all.filter(({ source, target }) => ![...source, ...target].some(isOfNone));
}

/** An inhibition as Alertmanager's configuration file writes it. */
export function renderInhibition({ source, target, equal }: Inhibition) {
  return {
    source_matchers: source.map(renderMatcher),
    target_matchers: target.map(renderMatcher),
    equal,
  };
}

/** Whether an alert that fires keeps another one from being told. */
export function inhibits({ source, target, equal }: Inhibition, firing: Labels, told: Labels): boolean {
  return (
    matchesAll(source, firing) &&
    matchesAll(target, told) &&
    equal.every((label) => (firing[label] ?? "") === (told[label] ?? ""))
  );
}

/**
 * What is wrong with inhibitions, a sentence each.
 * @param alerts the labels of alerts as they may fire: each name with its severity, and a service where it is of one
 */
export function inhibitionProblems(all: readonly Inhibition[], alerts: readonly Labels[]): readonly string[] {
  return all.flatMap(({ name, source, target, equal }) => {
    const itself = alerts.find((alert) => matchesAll(source, alert) && matchesAll(target, alert));
    const unmatched = [...source, ...target].filter(
      (matcher) => !alerts.some((alert) => matches(matcher, alert)),
    );
    const place = places.filter(
      (label) => equal.includes(label) && [source, target].every((side) => requires(side, label)),
    );
    return [
      ...(itself ? [`is of itself: ${String(itself.alertname)} matches both sides`] : []),
      ...unmatched.map((matcher) => `no alert matches ${renderMatcher(matcher)}`),
      ...(place.length > 0
        ? []
        : [`alerts that have none of the labels ${places.join(", ")} would count as being about the same`]),
    ].map((problem) => `inhibition "${name}": ${problem}`);
  });
}

/** Whether all alerts of a side have a label. */
function requires(side: readonly Matcher[], label: string): boolean {
  return side.some((matcher) => matcher.label === label && !matches(matcher, {}));
}
