import { budgetBurnAlerts } from "../../metrics/objectives";

// One page a fault: which of a service's critical alerts tell of it, and which see the same fault later and longer.

/** Alerts that tell that a service is not there. */
export const serviceGone = ["ServiceDown", "ServiceAbsent"] as const;

/** Alerts that tell that a service fails as a whole, and with it what it is for. */
export const serviceFails = [...serviceGone, "HighErrorRatio"] as const;

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

/** Of a system without critical alerts of its own. */
export const noOwnPages: OwnPages = { prompt: [], slow: [], burns: [] };

/** Critical alerts that tell of a service's fault within minutes, and end within minutes of its end. */
export function promptAlerts({ prompt }: OwnPages): readonly [string, ...string[]] {
  return [...serviceFails, "HighLatency", ...prompt];
}

/** Critical alerts that look back further: they see what a prompt one has told of, and go on when that one has ended. */
export function slowAlerts({ slow, burns }: OwnPages): readonly [string, ...string[]] {
  return nonEmpty([...slow, "ContainerRestarting", ...budgetBurnAlerts, ...burns]);
}

/** What else fires when a service is not there: that it fails, is slow, misses its objectives. That is no news then. */
export function silencedByServiceGone({ prompt, burns }: OwnPages): readonly string[] {
  const objectives = [...budgetBurnAlerts, ...burns];
  return ["HighErrorRatio", "HighLatency", ...objectives, "ServiceInstancesDown", ...prompt];
}

/** A fault that was told is remembered until what looks back further looks at what came after it. */
export interface RememberedFault {
  /** Name of the alert that fires as long as it is remembered, for Alertmanager alone. */
  readonly alert: string;
  /** The alerts that tell of it. */
  readonly told: readonly [string, ...string[]];
  /** The alerts of the same service that are not told meanwhile. */
  readonly silences: readonly [string, ...string[]];
}

/** The same list; every one here has a fixed part. */
function nonEmpty(names: readonly string[]): readonly [string, ...string[]] {
  const [first = "", ...others] = names;
  return [first, ...others];
}

/** What is remembered. A system's own prompt alerts tell of faults of their own, and look back further than errors do. */
export function rememberedFaults(own: OwnPages): readonly RememberedFault[] {
  const [first, ...others] = own.prompt;
  return [
    { alert: "RecentServiceFault", told: promptAlerts(own), silences: slowAlerts(own) },
    ...(first === undefined
      ? []
      : [{ alert: "RecentServiceErrors", told: serviceFails, silences: [first, ...others] } as const]),
  ];
}
