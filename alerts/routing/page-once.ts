import { objectiveAlerts } from "../../metrics/objectives";

// One page a fault: which of a service's critical alerts tell of it, and which see the same fault later and longer.

/** Alerts that tell that a service is not there. */
export const serviceGone = ["ServiceDown", "ServiceAbsent"] as const;

/** Critical alerts that tell of a service's fault within minutes, and end within minutes of its end. */
export const promptAlerts = [...serviceGone, "HighErrorRatio", "HighLatency", "OrdersFailing"] as const;

/**
 * Critical alerts that look back for up to half an hour: they see what a prompt one has told of, and go on when that
 * one has ended.
 */
export const slowAlerts = ["NoOrders", "ContainerRestarting", ...Object.values(objectiveAlerts)] as const;

/** Name of the alert that fires while a prompt one does, and until the slow ones look at what came after it. */
export const recentServiceFault = "RecentServiceFault";
