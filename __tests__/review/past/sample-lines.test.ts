import {
  assert,
  array,
  constantFrom,
  double,
  integer,
  property,
  record,
  string,
  uniqueArray,
} from "fast-check";
import type { Labels, Series } from "../../../metrics/promql-engine";
import { SampleLines } from "../../../review/past/sample-lines";

const second = 1_767_571_200;

function seriesOf(...lines: readonly string[]): readonly Series[] {
  const read = new SampleLines();
  for (const line of lines) expect(read.add(line)).toBeUndefined();
  return read.storage().select(undefined, () => true, -Infinity, Infinity);
}

function labelsOf(line: string): Labels | undefined {
  return seriesOf(line)[0]?.labels;
}

describe("a line", () => {
  it.each<[string, Labels]>([
    ["parcels", { __name__: "parcels" }],
    ["parcels{}", { __name__: "parcels" }],
    ["parcels:rate5m", { __name__: "parcels:rate5m" }],
    ['parcels{centre="north"}', { __name__: "parcels", centre: "north" }],
    ['parcels{centre="north",door="east",}', { __name__: "parcels", centre: "north", door: "east" }],
    ['parcels{ centre = "north" , door="east" }', { __name__: "parcels", centre: "north", door: "east" }],
    ['parcels{centre="a \\"b\\" \\\\ c\\nd"}', { __name__: "parcels", centre: 'a "b" \\ c\nd' }],
    ['parcels{centre="} 1 2 # {"}', { __name__: "parcels", centre: "} 1 2 # {" }],
    ['parcels{centre="\\u2028\\x41"}', { __name__: "parcels", centre: "\u2028A" }],
    ['parcels{centre="Größe 📦"}', { __name__: "parcels", centre: "Größe 📦" }],
    ["parcels.waiting.size", { __name__: "parcels.waiting.size" }],
    ['parcels.waiting{"door.name"="east"}', { __name__: "parcels.waiting", "door.name": "east" }],
    ['{"parcels.waiting",door="east"}', { __name__: "parcels.waiting", door: "east" }],
    ['{__name__="parcels",door="east"}', { __name__: "parcels", door: "east" }],
  ])("of %s", (text, labels) => {
    expect(labelsOf(`${text} 1 ${String(second)}`)).toEqual(labels);
  });

  it.each<[string, number]>([
    ["1", 1],
    ["-0.5", -0.5],
    ["1e-300", 1e-300],
    ["1.2345678901234569e+23", 1.2345678901234569e23],
    ["4E5", 400_000],
    [".5", 0.5],
    ["2.", 2],
    ["+Inf", Infinity],
    ["Inf", Infinity],
    ["-Inf", -Infinity],
  ])("with the value %s", (text, value) => {
    expect([...(seriesOf(`parcels ${text} ${String(second)}`)[0]?.values ?? [])]).toEqual([value]);
  });

  it.each<[string, number]>([
    ["1767571200", second * 1_000],
    ["1767571200.123", second * 1_000 + 123],
    ["1.767571200123e+09", second * 1_000 + 123],
    ["0", 0],
    ["-1.5", -1_500],
    ["5e-3", 5],
  ])("with the time %s", (text, time) => {
    expect([...(seriesOf(`parcels 1 ${text}`)[0]?.times ?? [])]).toEqual([time]);
  });

  it("with an exemplar, which is left out", () => {
    const [series] = seriesOf(`took_bucket{le="1"} 7 ${String(second)} # {trace="x"} 0.5 ${String(second)}`);
    expect(series?.labels).toEqual({ __name__: "took_bucket", le: "1" });
    expect([...(series?.values ?? [])]).toEqual([7]);
  });

  it.each(["", "# TYPE parcels gauge", "# EOF", "#"])("that has no sample: %j", (line) => {
    expect(seriesOf(line)).toEqual([]);
  });

  it.each([
    ["parcels 1", "found no sample with its time: parcels 1, allowed: a name, labels, a value and a time"],
    ["parcels", "found no sample with its time"],
    [" 1 1767571200", "found no sample with its time"],
    ["parcels 1 1767571200 3", "found no sample with its time"],
    ['parcels{centre="north} 1 1767571200', "found no sample with its time"],
    ['parcels{centre="north" 1 1767571200', "found no sample with its time"],
    ["<html> 1", "found no sample with its time"],
    ["parcels{centre=north} 1 1767571200", "found labels that cannot be read: parcels{centre=north}"],
    ['parcels{centre="\\q"} 1 1767571200', "found labels that cannot be read"],
    ['parcels{centre="a" door="b"} 1 1767571200', "found labels that cannot be read"],
    ['parcels{centre="a",centre="b"} 1 1767571200', "found labels that cannot be read"],
    ["parcels{centre} 1 1767571200", "found labels that cannot be read"],
    ["{centre} 1 1767571200", "found labels that cannot be read"],
    ["parcels many 1767571200", "found the value many, allowed: a number, NaN, +Inf, -Inf"],
    ["parcels 1_000 1767571200", "found the value 1_000"],
    ["parcels 0x10 1767571200", "found the value 0x10"],
    ["parcels 1 now", "found the time now, allowed: seconds since 1970"],
    ["parcels 1 NaN", "found the time NaN"],
    ["parcels 1 +Inf", "found the time +Inf"],
    ["parcels 1 1767571200123", "found the time 1767571200123, allowed: seconds since 1970"],
  ])("that is refused: %s", (line, problem) => {
    const read = new SampleLines();
    expect(read.add(line)).toContain(problem);
    expect(read.count).toBe(0);
    expect(read.storage().names).toEqual([]);
  });
});

describe("samples of a series", () => {
  it("are put in order of time, with the one that was read last where two have the same", () => {
    const [series, ...others] = seriesOf("parcels 3 30", "parcels 1 10", "parcels 2 20", "parcels 4 20");
    expect(others).toEqual([]);
    expect([...(series?.times ?? [])]).toEqual([10_000, 20_000, 30_000]);
    expect([...(series?.values ?? [])]).toEqual([1, 4, 3]);
  });

  it("are the same series however its labels are written", () => {
    const [series, ...others] = seriesOf(
      'parcels{a="1",b="2"} 1 20',
      'parcels{b="2", a="1"} 2 10',
      '{__name__="parcels",a="1",b="2",c=""} 3 30',
    );
    expect(others).toEqual([]);
    expect([...(series?.values ?? [])]).toEqual([2, 1, 3]);
  });

  it("end with NaN, until the next one", () => {
    const [series] = seriesOf("parcels 1 10", "parcels NaN 20", "parcels NaN 30", "parcels 2 40");
    expect([...(series?.times ?? [])]).toEqual([10_000, 40_000]);
    expect(series?.staleAt).toEqual([20_000]);
  });

  it("have a span, and a count", () => {
    const read = new SampleLines();
    for (const line of ["parcels 1 20", "letters 1 10.5", "parcels NaN 30"]) read.add(line);
    expect(read.span).toEqual({ from: 10_500, to: 30_000 });
    expect(read.count).toBe(3);
  });
});

/** As promtool writes them: strings by Go's %q, floats by its %g, seconds with three places. */
function lineOf(labels: Labels, value: number, milliseconds: number): string {
  const { __name__: name = "", ...others } = labels;
  const pairs = Object.entries(others).map(([label, text]) => `${label}=${JSON.stringify(text)}`);
  const [sign, shown] = [value > 0 ? "+" : "-", Object.is(value, -0) ? "-0" : String(value)];
  const number = Number.isFinite(value) ? shown : `${sign}Inf`;
  return `${name}{${pairs.join(",")}} ${number} ${(milliseconds / 1_000).toFixed(3)}`;
}

it("what is written is read, whatever its labels and numbers", () => {
  const series = record({
    centre: string({ unit: "grapheme-ascii", minLength: 1 }),
    door: constantFrom("east", 'we"st', "{}", "a\\", "\n", "# {", "ü 📦"),
    values: array(double({ noNaN: true }), { minLength: 1, maxLength: 5 }),
    from: integer({ min: 0, max: 4e12 }),
  });
  assert(
    property(uniqueArray(series, { selector: ({ centre, door }) => centre + door, maxLength: 5 }), (all) => {
      const read = new SampleLines();
      for (const { centre, door, values, from } of all) {
        for (const [index, value] of values.entries()) {
          expect(
            read.add(lineOf({ __name__: "parcels", centre, door }, value, from + index)),
          ).toBeUndefined();
        }
      }
      const storage = read.storage();
      for (const { centre, door, values, from } of all) {
        const matches = (labels: Labels) => labels.centre === centre && labels.door === door;
        const [found] = storage.select("parcels", matches, -Infinity, Infinity);
        expect([...(found?.values ?? [])]).toEqual(values);
        expect([...(found?.times ?? [])]).toEqual(values.map((_, index) => from + index));
      }
    }),
  );
});
