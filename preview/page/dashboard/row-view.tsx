import { LazyLoader, type VizPanel } from "@grafana/scenes";
import { Icon } from "@grafana/ui";
import type { CSSProperties } from "react";
import type { GridPos } from "./classic";
import type { Row } from "./row";

/** A row: a heading that folds, and a grid of 24 columns, or one below the other where it is narrow. */
export function RowView({ row }: { readonly row: Row }) {
  const { title, note, folded, panels, places } = row.useState();
  return (
    <div className="dash-row">
      {title !== undefined && (
        <h2>
          <button type="button" aria-expanded={!folded} onClick={() => row.fold(!folded)}>
            <Icon name={folded ? "angle-right" : "angle-down"} /> {title}
            {folded && (
              <span className="row-count">
                ({String(panels.length)} {panels.length === 1 ? "panel" : "panels"})
              </span>
            )}
          </button>
          {note && <span className="row-note">{note}</span>}
        </h2>
      )}
      {!folded && (
        <div className="dash-grid">
          {panels.map((panel, index) => (
            <Cell key={panel.state.key} panel={panel} at={places[index]} />
          ))}
        </div>
      )}
    </div>
  );
}

function Cell({ panel, at }: { readonly panel: VizPanel; readonly at: GridPos | undefined }) {
  const { x, y, w, h } = at ?? { x: 0, y: 0, w: 12, h: 8 };
  const style = { "--x": x + 1, "--y": y + 1, "--w": w, "--h": h } as CSSProperties;
  return (
    <div className="dash-cell" style={style}>
      <LazyLoader className="dash-lazy" key={panel.state.key ?? ""}>
        <panel.Component model={panel} />
      </LazyLoader>
    </div>
  );
}
