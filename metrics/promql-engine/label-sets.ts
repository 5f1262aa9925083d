import type { Labels } from "./series";

/** Labels that say what a metric is, and go where an operation makes another thing of it. */
const ofMetric: ReadonlySet<string> = new Set(["__name__", "__type__", "__unit__"]);

/** The same text for the same labels, in whatever order. Labels without a value count as none. */
export function keyOf(labels: Labels): string {
  const names = Object.keys(labels).filter((name) => labels[name] !== "");
  if (names.length > 1) names.sort();
  return names.map((name) => `${name}\u0000${labels[name] ?? ""}`).join("\u0001");
}

/** Labels without a value left out. */
export function clean(labels: Labels): Labels {
  return Object.values(labels).includes("") ? keeping(labels, (name) => labels[name] !== "") : labels;
}

/** Without the metric's name. */
export function nameless(labels: Labels): Labels {
  return keeping(labels, (name) => !ofMetric.has(name));
}

/** Some of the labels. */
export function only(labels: Labels, names: readonly string[]): Labels {
  return keeping(labels, (name) => names.includes(name));
}

/** All but some of the labels. */
export function without(labels: Labels, names: readonly string[]): Labels {
  return keeping(labels, (name) => !names.includes(name));
}

/** With another value of one label; "" takes it away. */
export function withLabel(labels: Labels, name: string, value: string): Labels {
  return value === "" ? without(labels, [name]) : { ...labels, [name]: value };
}

/** As Prometheus writes them. */
export function textOf(labels: Labels): string {
  const { __name__: metric = "", ...others } = labels;
  const pairs = Object.entries(others).sort(([one], [other]) => (one < other ? -1 : 1));
  const list = pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(", ");
  return metric !== "" && list === "" ? metric : `${metric}{${list}}`;
}

/** Prometheus's order of series: by their labels' names and values, in the order of the names. */
export function compareLabels(one: Labels, other: Labels): number {
  const [ofOne, ofOther] = [one, other].map((labels) =>
    Object.entries(labels).sort(([a], [b]) => compareTexts(a, b)),
  ) as [[string, string][], [string, string][]];
  for (let index = 0; index < Math.min(ofOne.length, ofOther.length); index++) {
    const [[name, value], [otherName, otherValue]] = [ofOne[index], ofOther[index]] as [
      [string, string],
      [string, string],
    ];
    if (name !== otherName) return compareTexts(name, otherName);
    if (value !== otherValue) return compareTexts(value, otherValue);
  }
  return ofOne.length - ofOther.length;
}

/** By the bytes of UTF-8, which is the order of code points. */
function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  if (/^[\u0000-\u007f]*$/.test(one + other)) return one < other ? -1 : 1;
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function keeping(labels: Labels, isKept: (name: string) => boolean): Labels {
  const kept: Record<string, string> = {};
  for (const name of Object.keys(labels)) if (isKept(name)) kept[name] = labels[name] ?? "";
  return kept;
}
