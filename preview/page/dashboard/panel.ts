import { SceneQueryRunner, VizPanel, type SceneDataProvider } from "@grafana/scenes";
import { kindOf } from "../panels";
import { prometheusUid } from "../prometheus/data-source";
import type { Finding, PreviewSettings } from "../site/api";
import type { ClassicPanel } from "./classic";
import { modern } from "./old-panels";
import { notesOf } from "./notes";
import { Remarks } from "./remarks";

/** Points of a query where the present stands still: then the step depends on no width. */
const fixedPoints = 500;

/** A panel with its queries. What an equal panel drew before is shown until there is something newer. */
export function panelOf(
  classic: ClassicPanel,
  key: string,
  settings: PreviewSettings,
  findings: readonly Finding[],
  before?: VizPanel,
): VizPanel {
  const panel = modern(classic);
  const kind = kindOf(panel.type ?? "");
  const notes = kind === undefined ? [] : notesOf(panel);
  const remarks = { findings, notes, title: panel.title ?? "" };
  const hasRemarks = findings.length > 0 || notes.length > 0;
  return new VizPanel({
    key,
    pluginId: kind ?? panel.type ?? "",
    title: panel.title ?? "",
    description: panel.description,
    options: panel.options ?? {},
    fieldConfig: panel.fieldConfig ?? { defaults: {}, overrides: [] },
    displayMode: panel.transparent ? "transparent" : "default",
    // Its own version is unknown, and nothing is to be migrated.
    pluginVersion: "1.0",
    ...(kind !== undefined && { $data: queriesOf(panel, settings, before) }),
    ...(hasRemarks && { titleItems: Remarks(remarks) }),
  });
}

function queriesOf(
  panel: ClassicPanel,
  settings: PreviewSettings,
  before?: VizPanel,
): SceneDataProvider | undefined {
  const targets = panel.targets ?? [];
  if (targets.length === 0) return undefined;
  const data = before?.state.$data?.state.data;
  return new SceneQueryRunner({
    datasource: { type: "prometheus", uid: prometheusUid },
    queries: targets.map((target, index) => ({
      ...target,
      refId: target.refId || String.fromCharCode(65 + index),
      datasource: { type: "prometheus", uid: prometheusUid },
    })),
    ...(settings.now === undefined
      ? { maxDataPointsFromWidth: true, ...(panel.maxDataPoints && { maxDataPoints: panel.maxDataPoints }) }
      : { maxDataPoints: fixedPoints }),
    ...(panel.interval && { minInterval: panel.interval }),
    ...(data && { data, _hasFetchedData: true }),
  });
}
