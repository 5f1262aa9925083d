import { sceneGraph, SceneDataLayerSet, VariableValueSelectWrapper, SceneVariableSet } from "@grafana/scenes";
import { Icon } from "@grafana/ui";
import { useSite } from "../site/site";
import { AnnotationSwitches } from "./annotation-switches";
import { DashboardLinks } from "./dashboard-links";
import { FindingList } from "./remarks";
import { RowView } from "./row-view";
import type { PreviewScene } from "./scene";
import { TimePicker } from "./time-picker";

/** A dashboard: its controls, and below them its panels. */
export function DashboardView({ model }: { readonly model: PreviewScene }) {
  const {
    title,
    description,
    rows,
    links,
    picker,
    refresh,
    findings,
    panelFindings,
    notes,
    $variables,
    $data,
  } = model.useState();
  const { kiosk, viewPanel } = useSite();
  const variables = sceneGraph.getVariables(model).useState().variables;
  const shown = rows
    .flatMap((row) => row.state.panels)
    .find((panel) => panel.state.key === `panel-${viewPanel ?? ""}`);
  const layers = $data instanceof SceneDataLayerSet ? $data : undefined;
  return (
    <main className="dashboard">
      {!kiosk && (
        <>
          <div className="heading">
            <div>
              <h1>{title}</h1>
              {description && <p>{description}</p>}
            </div>
            <div className="time-controls">
              <TimePicker picker={picker} />
              <refresh.Component model={refresh} />
            </div>
          </div>
          <div className="choices">
            {$variables instanceof SceneVariableSet &&
              variables.map((variable) => (
                <VariableValueSelectWrapper key={variable.state.name} variable={variable} />
              ))}
            {layers && <AnnotationSwitches layers={layers} />}
          </div>
          {links.length > 0 && <DashboardLinks scene={model} links={links} />}
          {(findings.length > 0 || panelFindings > 0) && (
            <details className="findings">
              <summary>
                <Icon name="exclamation-triangle" /> The linter finds{" "}
                {String(findings.length + panelFindings)}{" "}
                {panelFindings > 0 && `(${String(panelFindings)} on panels)`}
              </summary>
              <FindingList findings={findings} />
            </details>
          )}
          {notes.length > 0 && (
            <ul className="notes">
              {notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
        </>
      )}
      {shown ? (
        <div className="single-panel">
          <shown.Component model={shown} />
        </div>
      ) : (
        rows.map((row, index) => <RowView key={row.state.title ?? String(index)} row={row} />)
      )}
    </main>
  );
}
