import { budgetBurnAlerts } from "../../metrics/objectives";

// One page a fault: which of a service's critical alerts tell of it, and which see the same fault later and longer.

/** Alerts that tell that a service is not there. */
export const serviceGone = ["ServiceDown", "ServiceAbsent"] as const;

/** Alerts that tell that a service fails as a whole, and with it what it is for. */
export const serviceFails = [...serviceGone, "HighErrorRatio", "ProbeFailed"] as const;

/** Critical alerts of a system's own, about one of its services each. */
export interface OwnPages {
  /**
   * Those that tell within minutes that a service does not do what it is for, and end within minutes of its end. While
   * the service fails as a whole they are no news.
   */
  readonly prompt: readonly string[];
  /** Those that look back for up to half an hour: they see what a prompt one has told of, and go on when it has ended. */
  readonly slow: readonly string[];
  /** Those of its own objectives, whose error budgets burn. */
  readonly burns: readonly string[];
}

/** Whether an alert of that name is there, where all are. */
export function everywhere(name: string): boolean {
  return name !== "";
}

/** Of a system without critical alerts of its own. */
export const noOwnPages: OwnPages = { prompt: [], slow: [], burns: [] };

/** Critical alerts that tell of a service's fault within minutes, and end within minutes of its end. */
export function promptAlerts({ prompt }: OwnPages): readonly string[] {
  return [...serviceFails, "HighLatency", ...prompt];
}

/** Critical alerts that look back further: they see what a prompt one has told of, and go on when that one has ended. */
export function slowAlerts({ slow, burns }: OwnPages): readonly string[] {
  return [...slow, "ContainerRestarting", "TrafficGone", ...budgetBurnAlerts, ...burns];
}

/** What else fires when a service is not there: that it fails, is slow, misses its objectives. That is no news then. */
export function silencedByServiceGone({ prompt, burns }: OwnPages): readonly string[] {
  const objectives = [...budgetBurnAlerts, ...burns];
  const ofProbes = ["ProbeFailed", "ProbeSlow", "TrafficGone"];
  return ["HighErrorRatio", "HighLatency", ...objectives, "ServiceInstancesDown", ...ofProbes, ...prompt];
}

/** What a probe sees of a service that answers with errors or slowly, as its own alerts have told. */
export const seenByProbes = ["ProbeFailed", "ProbeSlow"] as const;

/** A fault that was told is remembered until what looks back further looks at what came after it. */
export interface RememberedFault {
  /** Name of the alert that fires as long as it is remembered, for Alertmanager alone. */
  readonly alert: string;
  /** The alerts that tell of it. */
  readonly told: readonly [string, ...string[]];
  /** The alerts of the same service that are not told meanwhile. */
  readonly silences: readonly [string, ...string[]];
}

/**
 * What is remembered. A system's own prompt alerts tell of faults of their own, and look back further than errors do.
 * @param isThere whether an environment has an alert of that name. Default: all are there
 */
export function rememberedFaults(own: OwnPages, isThere = everywhere): readonly RememberedFault[] {
  return [
    { alert: "RecentServiceFault", told: promptAlerts(own), silences: slowAlerts(own) },
    { alert: "RecentServiceErrors", told: serviceFails, silences: own.prompt },
  ].flatMap(({ alert, ...names }) => {
    const [told, ...moreTold] = names.told.filter(isThere);
    const [silenced, ...moreSilenced] = names.silences.filter(isThere);
    if (told === undefined || silenced === undefined) return [];
    return [{ alert, told: [told, ...moreTold], silences: [silenced, ...moreSilenced] }];
  });
}
