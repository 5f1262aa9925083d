import type { DashboardDifference, PanelDifference } from "./dashboard-difference";
import type { Box, Picture } from "./picture";

/** A panel that is new, gone or changed, and where it is in the pictures. */
export interface PanelLook extends Omit<PanelDifference, "places"> {
  /** In the picture of each version. Undefined where there is none, or no such panel. */
  readonly before?: Box;
  readonly after?: Box;
}

/** A dashboard that is new, gone or changed, and its pictures. */
export interface DashboardLook extends Omit<DashboardDifference, "panels"> {
  readonly panels: readonly PanelLook[];
  readonly before?: Picture;
  readonly after?: Picture;
  /** Titles of the new and changed panels that show nothing in any version, each with what it says. */
  readonly withoutData: readonly { readonly title: string; readonly says: string }[];
}

/** How dashboards change: plain data. */
export interface LooksChange {
  readonly dashboards: readonly DashboardLook[];
  /** Why there are no pictures, or not all, and how to get them: a sentence each. */
  readonly notes: readonly string[];
}
