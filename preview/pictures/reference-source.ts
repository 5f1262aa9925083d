import { dashboardFoldersOf } from "../../stacks/system";
import { referenceEnvironment } from "../recording/reference-environment";
import type { PreviewDashboard, PreviewSource } from "../server/source";

/** The dashboards that the pictures show. */
export function referenceDashboards(): PreviewDashboard[] {
  return dashboardFoldersOf(referenceEnvironment()).flatMap(({ title: folder, dashboards }) =>
    dashboards.map((json) => ({ uid: json.uid ?? "", title: json.title ?? "", folder, json })),
  );
}

/** They as a source that never changes. */
export function fixedSource(dashboards: readonly PreviewDashboard[]): PreviewSource {
  return {
    current: () => Promise.resolve({ dashboards, findings: {} }),
    onChange: () => () => undefined,
    close: () => Promise.resolve(),
  };
}
