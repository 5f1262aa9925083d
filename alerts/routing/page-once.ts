import { budgetBurnAlerts } from "../../metrics/objectives";

// One page a fault: which of a service's critical alerts tell of it, and which see the same fault later and longer.

/** Alerts that tell that a service is not there. */
export const serviceGone = ["ServiceDown", "ServiceAbsent"] as const;

/** Critical alerts that tell of a service's fault within minutes, and end within minutes of its end. */
export const promptAlerts = [...serviceGone, "HighErrorRatio", "HighLatency", "OrdersFailing"] as const;

/**
 * Critical alerts that look back for up to half an hour: they see what a prompt one has told of, and go on when that
 * one has ended.
 */
export const slowAlerts = ["NoOrders", "ContainerRestarting", ...budgetBurnAlerts] as const;

/** Alerts that tell that a service fails as a whole, and with it what it is for. */
const serviceFails = [...serviceGone, "HighErrorRatio"] as const;

/** A fault that was told is remembered until what looks back further looks at what came after it. */
export interface RememberedFault {
  /** Name of the alert that fires as long as it is remembered, for Alertmanager alone. */
  readonly alert: string;
  /** The alerts that tell of it. */
  readonly told: readonly [string, ...string[]];
  /** The alerts of the same service that are not told meanwhile. */
  readonly silences: readonly [string, ...string[]];
}

/** What is remembered. Orders tell promptly of a fault of their own, and look back further than errors do. */
export const rememberedFaults = [
  { alert: "RecentServiceFault", told: promptAlerts, silences: slowAlerts },
  { alert: "RecentServiceErrors", told: serviceFails, silences: ["OrdersFailing"] },
] as const satisfies readonly RememberedFault[];
