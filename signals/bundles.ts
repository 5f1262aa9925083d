import { keyOf, type Reader, type Signals } from "./model";

/** A box of the picture. */
export interface Box {
  readonly key: string;
  readonly title: string;
  readonly detail: string;
}

/** A line from one box to another. */
export interface Line {
  readonly from: string;
  readonly to: string;
  /** What it carries: signals, or alerts of a severity. */
  readonly of: "signals" | "critical" | "warning" | "none";
  /** How many alerts; 1 for signals. */
  readonly count: number;
}

/** What the picture shows: three columns of boxes, and the lines between them. */
export interface Drawing {
  readonly columns: readonly [readonly Box[], readonly Box[], readonly Box[]];
  readonly lines: readonly Line[];
}

const services = "services";

/** The model as boxes and lines: the services are one box, however many they are. */
export function drawingOf({ producers, readers, carriers }: Signals): Drawing {
  const own = producers.filter(({ kind }) => kind === "service");
  const others = producers.filter(({ kind }) => kind !== "service" && kind !== "rules");
  const boxOf = (key: string) => (own.some((each) => keyOf(each) === key) ? services : key);
  const gives: Box[] = [
    ...(own.length === 0
      ? []
      : [
          {
            key: services,
            title: own.length === 1 ? "1 service" : `${String(own.length)} services`,
            detail: "metrics",
          },
        ]),
    ...others.map((each) => ({
      key: keyOf(each),
      title: `${each.name}`,
      detail: `${each.kind}: ${each.gives}`,
    })),
  ];
  const reads = readers.map((each) => ({ key: keyOf(each), title: each.name, detail: detailOf(each) }));
  const carries = carriers.map((each) => ({
    key: keyOf(each),
    title: each.name,
    detail: `${each.kind}: ${each.tells}`,
  }));
  const read = readers.flatMap((reader) =>
    [...new Set(reader.reads.map(boxOf))].map((from): Line => ({
      from,
      to: keyOf(reader),
      of: "signals",
      count: 1,
    })),
  );
  const told = carriers.flatMap((carrier) =>
    Object.entries(carrier.from).map(([from, count]): Line => ({
      from,
      to: keyOf(carrier),
      of: worst(carrier.carries),
      count,
    })),
  );
  return { columns: [gives, reads, carries], lines: [...read, ...told] };
}

function detailOf({ kind, makes, raises }: Reader): string {
  const alerts = Object.values(raises).reduce((sum, count) => sum + count, 0);
  return kind === "rules" ? `rules: ${String(alerts)} alerts, ${makes}` : `${kind}: ${makes}`;
}

function worst(carries: Readonly<Record<string, number>>): Line["of"] {
  if ((carries.critical ?? 0) > 0) return "critical";
  return (carries.warning ?? 0) > 0 ? "warning" : "none";
}
