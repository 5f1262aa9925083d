import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Thresholds } from "../alerts/thresholds";
import type { Feed } from "../metrics/feed";
import { refusingProblems } from "../metrics/problems";
import { remembered, rememberedByReads } from "../metrics/remembered";
import { audiences } from "./audiences";
import { containerMetrics } from "./container-metrics";
import { reframed } from "./arrangement";
import { fedFolders } from "./fed-panels";
import { infrastructureOverview } from "./infrastructure-overview";
import { machine } from "./machine";
import { monitoring } from "./monitoring";
import { objectives } from "./objectives";
import type { OwnDashboards, OwnFolder } from "./own-dashboards";
import { serviceHealth } from "./service-health";
import type { DashboardSettings } from "./settings";

/** The folders that every system has, by uid. */
export const standardFolders = {
  platform: {
    title: audiences.platform,
    dashboards: [infrastructureOverview, machine, containerMetrics, monitoring],
  },
  services: { title: audiences.services, dashboards: [serviceHealth, objectives] },
} as const satisfies Readonly<Record<string, OwnFolder>>;

/** A folder of Grafana's with its dashboards. */
export interface DashboardFolder {
  /** The audience that it is for. */
  readonly uid: string;
  /** What people read. */
  readonly title: string;
  readonly dashboards: readonly Dashboard[];
}

/**
 * All dashboards of an environment, by folder: those that every system has, and a system's own.
 * @param feed which series there are; what could show nothing is left out. Default: all are there
 * @throws DefinitionError when one of them, its panels or expressions is not as its type says
 */
export function dashboardFolders<T extends Thresholds>(
  settings: Omit<DashboardSettings<T>, "ownTitles">,
  own: OwnDashboards<T>,
  feed?: Feed,
): readonly DashboardFolder[] {
  const { timezone, refresh } = settings;
  // What dashboards are remembered by has the same keys each time.
  const all = { cloudwatch: undefined, ...settings, ownTitles: own.titles, own: own as OwnDashboards };
  return refusingProblems(() => {
    const folders = shown({ folders: made({ ...all, ...anyFrame }), timezone, refresh });
    return feed === undefined ? folders : fed({ folders, feed });
  });
}

interface Settings extends DashboardSettings {
  readonly own: OwnDashboards;
}

const made = remembered(
  (settings: Settings): readonly DashboardFolder[] =>
    Object.entries({ ...standardFolders, ...settings.own.folders }).map(([uid, { title, dashboards }]) => ({
      uid,
      title,
      dashboards: dashboards.map((make) => madeBy(make)(settings)),
    })),
  ["services", "thresholds", "burnAlerts", "ownBurns", "ownTitles", "cloudwatch"],
  ["catalogue", "own"],
);

type Make = OwnFolder["dashboards"][number];

const makers = new WeakMap<Make, (settings: Settings) => Dashboard>();

/** A dashboard is made again only for other settings of those that it reads. */
function madeBy(make: Make): (settings: Settings) => Dashboard {
  const known = makers.get(make) ?? rememberedByReads((all) => make(all, all.own), ["catalogue", "own"]);
  makers.set(make, known);
  return known;
}

/** Of these no panel knows: environments that differ in them alone share their panels. */
const anyFrame = { timezone: "browser", refresh: "30s" } as const;

interface Shown extends Pick<DashboardSettings, "timezone" | "refresh"> {
  readonly folders: readonly DashboardFolder[];
}

const shown = remembered(
  ({ folders, timezone, refresh }: Shown): readonly DashboardFolder[] =>
    folders.map((folder) => ({
      ...folder,
      dashboards: folder.dashboards.map((dashboard) => reframed(dashboard, { timezone, refresh })),
    })),
  ["timezone", "refresh"],
  ["folders"],
);

const fed = remembered(
  ({ folders, feed }: { readonly folders: readonly DashboardFolder[]; readonly feed: Feed }) =>
    fedFolders(folders, feed),
  [],
  ["folders", "feed"],
);

export type { DashboardSettings };
