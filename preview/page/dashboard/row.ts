import { SceneObjectBase, type SceneObjectState, type VizPanel } from "@grafana/scenes";
import type { GridPos } from "./classic";

export interface RowState extends SceneObjectState {
  /** Undefined of the panels above the first heading. */
  readonly title?: string;
  /** What is not drawn of it. */
  readonly note?: string;
  readonly folded: boolean;
  readonly panels: VizPanel[];
  /** Where each panel stands. */
  readonly places: readonly GridPos[];
  /** What each panel was made of, to tell whether it has changed. */
  readonly sources: readonly string[];
}

/** Panels below a heading, which folds them. */
export class Row extends SceneObjectBase<RowState> {
  fold(folded: boolean): void {
    this.setState({ folded });
  }
}
