import {
  FieldType,
  formattedValueToString,
  getFieldDisplayName,
  PanelPlugin,
  type DataFrame,
  type Field,
  type PanelProps,
} from "@grafana/data";
import type { Options } from "@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen";
import { Icon } from "@grafana/ui";
import { useMemo, useState } from "react";
import { declareCustom, declareOptions } from "./declare";
import { hasData, NoData } from "./message";

interface Custom {
  readonly hidden?: boolean;
  readonly hideFrom?: { readonly viz?: boolean };
  readonly align?: string;
  readonly width?: number;
  readonly displayMode?: string;
  readonly cellOptions?: { readonly type?: string };
}

interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

const customOf = (field: Field): Custom => (field.config.custom ?? {}) as Custom;

/** The number of each row, in the order of a column's values. */
function ordered(frame: DataFrame, column: Field | undefined, descending: boolean): number[] {
  const rows = Array.from({ length: frame.length }, (_, index) => index);
  if (column === undefined) return rows;
  const collator = new Intl.Collator(undefined, { numeric: true });
  const compare = (one: unknown, other: unknown) =>
    typeof one === "number" && typeof other === "number"
      ? one - other
      : collator.compare(String(one), String(other));
  return rows.sort(
    (one, other) => compare(column.values[one], column.values[other]) * (descending ? -1 : 1) || one - other,
  );
}

function colored(field: Field, color: string | undefined) {
  const { cellOptions, displayMode } = customOf(field);
  const type = cellOptions?.type ?? displayMode;
  if (color === undefined) return undefined;
  if (type === "color-text") return { color };
  return type === "color-background" ? { background: color, color: "#000" } : undefined;
}

/** Rows and columns. A head's button sorts by its column. */
function Table({ data, options, fieldConfig, width, height }: PanelProps<Options>) {
  const [chosen, setChosen] = useState<Sort>();
  const frame = data.series[options.frameIndex ?? 0] ?? data.series[0];
  const columns = useMemo(
    () =>
      (frame?.fields ?? [])
        .filter((field) => !customOf(field).hidden && !customOf(field).hideFrom?.viz)
        .map((field) => ({ field, name: getFieldDisplayName(field, frame, data.series) })),
    [frame, data.series],
  );
  if (frame === undefined || !hasData(data)) return <NoData data={data} fieldConfig={fieldConfig} />;
  const [given] = options.sortBy ?? [];
  const sort = chosen ?? (given && { column: given.displayName, descending: given.desc ?? false });
  const by = columns.find(({ name }) => name === sort?.column)?.field;
  return (
    <div className="panel-table" style={{ width, height }} tabIndex={0} role="region" aria-label="Table">
      <table>
        {options.showHeader !== false && (
          <thead>
            <tr>
              {columns.map(({ name, field }) => (
                <th
                  key={name}
                  aria-sort={by === field ? (sort?.descending ? "descending" : "ascending") : "none"}
                >
                  <button
                    type="button"
                    onClick={() => setChosen({ column: name, descending: by === field && !sort?.descending })}
                  >
                    {name}{" "}
                    {by === field && <Icon name={sort?.descending ? "arrow-down" : "arrow-up"} size="sm" />}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {ordered(frame, by, sort?.descending ?? false).map((row) => (
            <tr key={row}>
              {columns.map(({ name, field }) => {
                const shown = field.display?.(field.values[row]);
                const isNumber = field.type === FieldType.number;
                return (
                  <td
                    key={name}
                    style={{ textAlign: isNumber ? "right" : "left", ...colored(field, shown?.color) }}
                  >
                    {shown ? formattedValueToString(shown) : String(field.values[row] ?? "")}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export const plugin = new PanelPlugin<Options>(Table)
  .useFieldConfig({
    useCustomConfig: (builder) =>
      declareCustom(builder, {
        align: "auto",
        width: undefined,
        minWidth: undefined,
        hidden: undefined,
        hideFrom: { viz: false },
        displayMode: undefined,
        filterable: undefined,
        inspect: false,
        cellOptions: { type: "auto" },
      }),
  })
  .setPanelOptions((builder) => declareOptions(builder, { frameIndex: 0, showHeader: true }));
