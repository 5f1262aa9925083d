import { trafficHash } from "../recording/traffic-hash";
import { previewFolder } from "../server/places";
import { sourcesHash } from "../server/installation";
import type { PreviewDashboard } from "../server/source";
import { hashOfDashboard, type DrawnOf } from "./manifest";

/** The looks that each dashboard is drawn in. */
const themes = ["dark", "light"] as const;
export type Theme = (typeof themes)[number];

/** One file. */
export interface Picture {
  readonly file: string;
  readonly uid: string;
  readonly theme: Theme;
  /** Whether it shows all of the dashboard, or only what comes first. */
  readonly part: "whole" | "top";
}

/** The dashboard whose first rows the README shows. */
const first = "service-health";

/** All pictures of some dashboards. */
export function picturesOf(dashboards: readonly PreviewDashboard[]): Picture[] {
  return dashboards.flatMap(({ uid }) =>
    themes.flatMap((theme): Picture[] => [
      { file: `${uid}-${theme}.png`, uid, theme, part: "whole" },
      ...(uid === first ? [{ file: `${uid}-top-${theme}.png`, uid, theme, part: "top" } as const] : []),
    ]),
  );
}

/** What each picture must be drawn of, by the name of its file. */
export function wantedPictures(dashboards: readonly PreviewDashboard[]): ReadonlyMap<string, DrawnOf> {
  const page = sourcesHash(previewFolder);
  const traffic = trafficHash();
  const byUid = new Map(dashboards.map((each) => [each.uid, hashOfDashboard(each)]));
  return new Map(
    picturesOf(dashboards).map(({ file, uid }) => [file, { dashboard: byUid.get(uid) ?? "", page, traffic }]),
  );
}
