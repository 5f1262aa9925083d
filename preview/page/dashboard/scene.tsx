import { DashboardCursorSync } from "@grafana/schema";
import {
  behaviors,
  dataLayers,
  SceneDataLayerSet,
  SceneObjectBase,
  SceneTimePicker,
  SceneTimeRange,
  type SceneComponentProps,
  type SceneObjectState,
} from "@grafana/scenes";
import { prometheusUid } from "../prometheus/data-source";
import type { DashboardAnswer, Finding, PreviewSettings } from "../site/api";
import type { ClassicAnnotation, ClassicDashboard, ClassicLink, ClassicPanel } from "./classic";
import { DashboardView } from "./dashboard-view";
import { panelOf } from "./panel";
import { RefreshControl } from "./refresh-control";
import { Row } from "./row";
import { sectionsOf } from "./sections";
import { variablesOf } from "./variables";

export interface DashboardState extends SceneObjectState {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  readonly rows: Row[];
  readonly links: readonly ClassicLink[];
  readonly picker: SceneTimePicker;
  readonly refresh: RefreshControl;
  /** Findings that are about no panel. */
  readonly findings: readonly Finding[];
  /** How many findings its panels have. */
  readonly panelFindings: number;
  /** What is not drawn. */
  readonly notes: readonly string[];
}

/** A dashboard on the page. */
export class PreviewScene extends SceneObjectBase<DashboardState> {
  static Component = ({ model }: SceneComponentProps<PreviewScene>) => <DashboardView model={model} />;
}

/** What a dashboard is drawn of. */
export interface SceneInput {
  readonly answer: DashboardAnswer;
  readonly settings: PreviewSettings;
  /** Whether a transformation, by its id, is made. */
  readonly isKnown: (transformation: string) => boolean;
  /** The scene that it replaces: its folded rows stay, and what equal panels showed is shown until there is newer. */
  readonly before?: PreviewScene;
}

/** The scene of a dashboard. */
export function sceneOf({ answer, settings, isKnown, before }: SceneInput): PreviewScene {
  const dashboard = answer.dashboard as ClassicDashboard;
  const { set, notes } = variablesOf(dashboard.templating?.list ?? []);
  const old = new Map(
    (before?.state.rows ?? []).flatMap(({ state }) =>
      state.panels.map((panel, index) => [state.sources[index] ?? "", panel] as const),
    ),
  );
  const wasFolded = new Map((before?.state.rows ?? []).map(({ state }) => [state.title ?? "", state.folded]));
  const isAbout = (finding: Finding, panel: ClassicPanel) =>
    finding.panelId === undefined ? finding.panelTitle === panel.title : finding.panelId === panel.id;
  let [next, panelFindings] = [0, 0];
  const rows = sectionsOf(dashboard).map(({ title, folded, repeat, panels }) => {
    const sources = panels.map(({ panel }) => JSON.stringify(panel));
    const made = panels.map(({ panel }, index) => {
      const key = `panel-${String(panel.id ?? `0${String(next++)}`)}`;
      const about = answer.findings.filter((finding) => isAbout(finding, panel));
      panelFindings += about.length;
      const before = old.get(sources[index] ?? "");
      return panelOf(panel, { key, settings, findings: about, isKnown, ...(before && { before }) });
    });
    return new Row({
      ...(title !== undefined && { title }),
      ...(repeat && { note: `It is repeated for each value of ${repeat}; here it stands once.` }),
      folded: wasFolded.get(title ?? "") ?? folded,
      panels: made,
      places: panels.map(({ at }) => at),
      sources,
    });
  });
  return new PreviewScene({
    uid: dashboard.uid ?? "",
    title: dashboard.title ?? "",
    description: dashboard.description,
    rows,
    links: dashboard.links ?? [],
    picker: new SceneTimePicker({ isOnCanvas: false }),
    refresh: new RefreshControl({ byDefault: dashboard.refresh || "", stopped: settings.now !== undefined }),
    findings: answer.findings.filter(
      ({ panelId, panelTitle }) => panelId === undefined && panelTitle === undefined,
    ),
    panelFindings,
    notes,
    $timeRange: timeOf(dashboard, settings),
    $variables: set,
    $data: new SceneDataLayerSet({ layers: (dashboard.annotations?.list ?? []).flatMap(layerOf) }),
    $behaviors: [
      new behaviors.CursorSync({
        key: "cursor",
        sync: (dashboard.graphTooltip ?? 0) as unknown as DashboardCursorSync,
      }),
    ],
  });
}

function timeOf(
  { time, timezone, weekStart, fiscalYearStartMonth }: ClassicDashboard,
  settings: PreviewSettings,
) {
  const [from, to] = [time?.from ?? "now-6h", time?.to ?? "now"];
  const timeZone = settings.timezone ?? timezone ?? "browser";
  return new SceneTimeRange({
    from: fixed(from, settings.now),
    to: fixed(to, settings.now),
    timeZone,
    ...(weekStart && { weekStart: weekStart as never }),
    ...(fiscalYearStartMonth && { fiscalYearStartMonth }),
  });
}

/** A time as it stands where the present stands still. */
function fixed(text: string, now: number | undefined): string {
  if (now === undefined || !text.startsWith("now")) return text;
  const [, amount = "0", unit = "s"] = /^now-(\d+)([smhdw])$/.exec(text) ?? [];
  const seconds = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 }[unit] ?? 1;
  return new Date(now - Number(amount) * seconds * 1_000).toISOString();
}

function layerOf(annotation: ClassicAnnotation, index: number) {
  // Grafana's own annotations and alerts are in its database alone.
  const { builtIn, ...rest } = annotation;
  if (builtIn) return [];
  const query = {
    ...rest,
    name: annotation.name ?? `Annotation ${String(index + 1)}`,
    enable: annotation.enable ?? true,
    iconColor: annotation.iconColor ?? "red",
    datasource: { type: "prometheus", uid: prometheusUid },
  };
  return [
    new dataLayers.AnnotationsDataLayer({
      key: `annotation-${String(index)}`,
      name: query.name,
      isEnabled: query.enable,
      isHidden: annotation.hide ?? false,
      query,
    }),
  ];
}
