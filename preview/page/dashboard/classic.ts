// Grafana's classic schema as far as the preview reads it. Nothing of it is certain: exports have many forms.

import type { PrometheusQuery } from "../prometheus/query";

/** A data source as panels, targets, variables and annotations name it. */
export type DataSource = { readonly type?: string; readonly uid?: string } | string | null;

export interface GridPos {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface ClassicPanel {
  readonly id?: number;
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly gridPos?: Partial<GridPos>;
  readonly datasource?: DataSource;
  readonly targets?: readonly PrometheusQuery[];
  readonly options?: Readonly<Record<string, unknown>>;
  readonly fieldConfig?: {
    readonly defaults?: Readonly<Record<string, unknown>>;
    readonly overrides?: readonly unknown[];
  };
  readonly transformations?: readonly { readonly id: string; readonly options?: unknown }[];
  readonly transparent?: boolean;
  readonly repeat?: string;
  readonly interval?: string;
  readonly maxDataPoints?: number;
  readonly timeFrom?: string;
  readonly timeShift?: string;
  readonly links?: readonly unknown[];
  readonly libraryPanel?: unknown;
  readonly collapsed?: boolean;
  readonly panels?: readonly ClassicPanel[];
  /** Of panels from before Grafana 8. */
  readonly format?: string;
  readonly yaxes?: readonly { readonly format?: string }[];
  readonly valueName?: string;
  readonly content?: string;
  readonly mode?: string;
}

export interface ClassicVariable {
  readonly name: string;
  readonly type: string;
  readonly label?: string | null;
  readonly hide?: number;
  readonly query?: string | { readonly query?: string };
  readonly definition?: string;
  readonly regex?: string;
  readonly refresh?: number;
  readonly sort?: number;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string | null;
  readonly auto?: boolean;
  readonly auto_min?: string;
  readonly auto_count?: number;
  readonly current?: { readonly text?: string | string[]; readonly value?: string | string[] };
  readonly options?: readonly { readonly text: string; readonly value: string }[];
}

export interface ClassicLink {
  readonly title?: string;
  readonly type?: string;
  readonly url?: string;
  readonly tooltip?: string;
  readonly tags?: readonly string[];
  readonly targetBlank?: boolean;
  readonly keepTime?: boolean;
  readonly includeVars?: boolean;
}

export interface ClassicAnnotation {
  readonly name?: string;
  readonly enable?: boolean;
  readonly hide?: boolean;
  readonly iconColor?: string;
  readonly builtIn?: number | boolean;
  readonly datasource?: DataSource;
}

export interface ClassicDashboard {
  readonly uid?: string;
  readonly title?: string;
  readonly description?: string;
  readonly timezone?: string;
  readonly time?: { readonly from?: string; readonly to?: string };
  readonly refresh?: string | false;
  readonly graphTooltip?: number;
  readonly fiscalYearStartMonth?: number;
  readonly weekStart?: string;
  readonly panels?: readonly ClassicPanel[];
  readonly rows?: readonly {
    readonly title?: string;
    readonly collapse?: boolean;
    readonly panels?: readonly ClassicPanel[];
  }[];
  readonly templating?: { readonly list?: readonly ClassicVariable[] };
  readonly annotations?: { readonly list?: readonly ClassicAnnotation[] };
  readonly links?: readonly ClassicLink[];
}
