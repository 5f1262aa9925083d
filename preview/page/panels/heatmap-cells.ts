import { FieldType, type DataFrame } from "@grafana/data";

/** A heatmap's cells: columns of time, rows of buckets. */
export interface Cells {
  /** Milliseconds at which each column ends. */
  readonly times: readonly number[];
  /** Milliseconds that a column is wide. */
  readonly width: number;
  /** Names of the buckets, from the least up: their upper bounds. */
  readonly names: readonly string[];
  /** By bucket, then by column; null where there is none. */
  readonly counts: readonly (readonly (number | null)[])[];
  readonly least: number;
  readonly most: number;
}

/** The cells of a frame with a field of time and one for each bucket; those outside the filter are empty. */
export function cellsOf(
  frame: DataFrame | undefined,
  filter: { le?: number; ge?: number } = {},
): Cells | undefined {
  const time = frame?.fields.find(({ type }) => type === FieldType.time);
  const buckets = frame?.fields.filter(({ type }) => type === FieldType.number) ?? [];
  if (time === undefined || buckets.length === 0 || time.values.length === 0) return undefined;
  const { le = -Infinity, ge = Infinity } = filter;
  const times = time.values as number[];
  const counts = buckets.map(({ values }) =>
    (values as (number | null)[]).map((value) =>
      value === null || value <= le || value >= ge ? null : value,
    ),
  );
  const all = counts.flat().filter((value): value is number => value !== null);
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  return {
    times,
    width: time.config.interval ?? (gaps.length > 0 ? Math.min(...gaps) : 60_000),
    names: buckets.map(({ name }) => name),
    counts,
    least: all.reduce((one, other) => Math.min(one, other), Infinity),
    most: all.reduce((one, other) => Math.max(one, other), -Infinity),
  };
}

/** The bounds of a bucket as numbers: above the first, up to the second. */
export function boundsOf({ names }: Cells, bucket: number): readonly [above: number, upTo: number] {
  const bound = (name: string | undefined) => (name === "+Inf" ? Infinity : Number(name));
  return [bucket === 0 ? 0 : bound(names[bucket - 1]), bound(names[bucket])];
}
