import type { DataTransformerConfig, FieldConfigSource } from "@grafana/data";
import { SceneDataTransformer, SceneQueryRunner, VizPanel, type SceneDataProvider } from "@grafana/scenes";
import { kindOf } from "../panels";
import { prometheusUid } from "../prometheus/data-source";
import type { Finding, PreviewSettings } from "../site/api";
import type { ClassicPanel } from "./classic";
import { isOnLogLines, logLines } from "./log-lines";
import { notesOf } from "./notes";
import { modern } from "./old-panels";
import { Remarks } from "./remarks";

/** Points of a query where the present stands still: then the step depends on no width. */
const fixedPoints = 500;

/** What a panel is drawn of, besides its JSON. */
export interface PanelInput {
  readonly key: string;
  readonly settings: PreviewSettings;
  readonly findings: readonly Finding[];
  /** Whether a transformation, by its id, is made. */
  readonly isKnown: (transformation: string) => boolean;
  /** An equal panel that was drawn before: what it shows is shown until there is something newer. */
  readonly before?: VizPanel;
}

/** A panel with its queries. */
export function panelOf(
  classic: ClassicPanel,
  { key, settings, findings, isKnown, before }: PanelInput,
): VizPanel {
  const panel = modern(classic);
  const wanted = isOnLogLines(panel) ? logLines : (panel.type ?? "");
  const kind = kindOf(wanted);
  const notes = kind === undefined ? [] : notesOf(kind, panel, isKnown);
  const title = panel.title ?? "";
  return new VizPanel({
    key,
    pluginId: wanted,
    title,
    description: panel.description,
    options: panel.options ?? {},
    fieldConfig: { defaults: {}, overrides: [], ...panel.fieldConfig } as unknown as FieldConfigSource,
    displayMode: panel.transparent ? "transparent" : "default",
    extendPanelContext: (_panel, context) => {
      // Colours are the dashboard's: a legend that offers to change them would change nothing but this page.
      delete context.onSeriesColorChange;
    },
    // Its own version is unknown, and nothing is to be migrated.
    pluginVersion: "1.0",
    ...(kind !== undefined && { $data: dataOf(panel, settings, isKnown, before) }),
    ...((findings.length > 0 || notes.length > 0) && { titleItems: Remarks({ findings, notes, title }) }),
  });
}

function dataOf(
  panel: ClassicPanel,
  settings: PreviewSettings,
  isKnown: PanelInput["isKnown"],
  before: VizPanel | undefined,
): SceneDataProvider | undefined {
  const { targets = [], transformations = [], maxDataPoints, interval } = panel;
  if (targets.length === 0) return undefined;
  const old = before?.state.$data;
  const data = (old instanceof SceneDataTransformer ? old.state.$data : old)?.state.data;
  const datasource = { type: "prometheus", uid: prometheusUid };
  const runner = new SceneQueryRunner({
    datasource,
    queries: targets.map((target, index) => ({
      ...target,
      refId: target.refId || String.fromCharCode("A".charCodeAt(0) + index),
      datasource,
    })),
    ...(settings.now === undefined
      ? { maxDataPointsFromWidth: true, ...(maxDataPoints && { maxDataPoints }) }
      : { maxDataPoints: fixedPoints }),
    ...(interval && { minInterval: interval }),
    ...(data && { data, _hasFetchedData: true }),
  });
  const known = transformations.filter(({ id }) => isKnown(id)) as DataTransformerConfig[];
  return known.length === 0 ? runner : new SceneDataTransformer({ $data: runner, transformations: known });
}
