import type { RuleGroups } from "../alerts/rule";
import type { Labels } from "../alerts/routing/matcher";
import type { RoutingSettings } from "../alerts/routing/routes";
import type { ScrapeConfig } from "../constructs/docker/prometheus-configuration";
import type { DashboardFolder } from "../dashboards";
import type { Environment } from "../environments";
import type { Catalogue } from "../metrics/catalogue";
import type { Feed } from "../metrics/feed";
import type { Need } from "../metrics/needs";
import type { Readable } from "./reads";

/** An environment, with all that is made from it and that signals are derived from. */
export interface Watched extends Readable {
  readonly environment: Environment;
  readonly catalogue: Catalogue;
  /** What is written there. */
  readonly feed: Feed;
  /** What of that which alerts can need it has. */
  readonly given: readonly Need[];
  /** Its scrape jobs, with what is stored of them. */
  readonly jobs: readonly ScrapeConfig[];
  /** The labels of its alerts as they may fire. */
  readonly alertLabels: readonly Labels[];
  readonly routing: RoutingSettings;
  /** The same rules and dashboards before anything is left out. */
  readonly everything: { readonly groups: RuleGroups; readonly folders: readonly DashboardFolder[] };
}
