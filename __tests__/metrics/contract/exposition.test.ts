import fc from "fast-check";
import { parseExposition, type ExpositionFormat } from "../../../metrics/contract/exposition";
import { announcedFormat } from "../../../metrics/contract/content-type";
import { ExpositionError } from "../../../metrics/contract/scanner";
import { expositionCases } from "../../support/exposition-cases";
import { codePoint } from "../../support/code-point";

const samplesOf = (text: string, format: ExpositionFormat = "text") =>
  [...parseExposition(text, format).families.values()].flatMap(({ samples }) => samples);

describe("the parser of expositions", () => {
  it("reads values, time stamps, spaces, comments and empty lines", () => {
    const text = [
      "# a comment",
      "#HELP no metadata without a space",
      "",
      "plain 1",
      " \tindented 1",
      '{"in.quotes", a="b"} 1',
      "infinity -Infinity",
      'spaced\t{ a = "b" , }\t-2.5e-3  1395066363000',
      "inf +Inf",
      "less -Inf",
      "nan NaN",
      "dot .5",
      'utf8{name="Grüße 🎉"} 0',
    ].join("\n");
    expect(samplesOf(text)).toEqual([
      { name: "plain", labels: {}, value: 1 },
      { name: "indented", labels: {}, value: 1 },
      { name: "in.quotes", labels: { a: "b" }, value: 1 },
      { name: "infinity", labels: {}, value: -Infinity },
      { name: "spaced", labels: { a: "b" }, value: -0.0025 },
      { name: "inf", labels: {}, value: Infinity },
      { name: "less", labels: {}, value: -Infinity },
      { name: "nan", labels: {}, value: NaN },
      { name: "dot", labels: {}, value: 0.5 },
      { name: "utf8", labels: { name: "Grüße 🎉" }, value: 0 },
    ]);
  });

  it("undoes escapes in labels, and is not misled by what they contain", () => {
    const [sample] = samplesOf(String.raw`a{path="C:\\dir\\",quote="\"}\" 1",line="one\ntwo",hash="# {"} 3`);
    expect(sample).toEqual({
      name: "a",
      labels: { path: "C:\\dir\\", quote: '"}" 1', line: "one\ntwo", hash: "# {" },
      value: 3,
    });
  });

  it("leaves exemplars and the times of creation out", () => {
    const text = [
      "# TYPE hits counter",
      "# UNIT hits ",
      'hits_total{a="b"} 3 1.5 # {trace_id="x # y"} 1 1.25',
      'hits_created{a="b"} 1.6e9',
      "# TYPE wait_seconds histogram",
      "# UNIT wait_seconds seconds",
      'wait_seconds_bucket{le="+Inf"} 1 # {} 0.5',
      "wait_seconds_sum 0.5",
      "wait_seconds_count 1",
      "wait_seconds_created 1.6e9",
      "# TYPE what unknown",
      "what 1",
      "# EOF",
      "",
    ].join("\n");
    const { families } = parseExposition(text, "OpenMetrics");
    expect(
      [...families.values()].map(({ name, type, unit, samples }) => [name, type, unit, samples.length]),
    ).toEqual([
      ["hits_total", "counter", "", 1],
      ["wait_seconds", "histogram", "seconds", 3],
      ["what", "untyped", undefined, 1],
    ]);
  });

  it("does not take a counter's name for a part of another metric", () => {
    const text = [
      "# TYPE parcels_total counter",
      "parcels_total 1",
      "# TYPE parcels_created_total counter",
      "parcels_created_total 2",
    ];
    const { families } = parseExposition(text.join("\n"), "text");
    expect([...families.keys()]).toEqual(["parcels_total", "parcels_created_total"]);
    const open = [
      "# TYPE parcels counter",
      "parcels_total 1",
      "# TYPE parcels_created counter",
      "parcels_created_total 2",
      "# EOF",
    ];
    expect(
      [...parseExposition(open.join("\n"), "OpenMetrics").families.values()].map(({ name, samples }) => [
        name,
        samples[0]?.value,
      ]),
    ).toEqual([
      ["parcels_total", 1],
      ["parcels_created_total", 2],
    ]);
  });

  it.each([
    ["<!doctype html>", "line 1: expected a metric's name at column 1"],
    ['{"a": 1}', "line 1: expected = at column 5"],
    ["a 1\nb", "line 2: expected a value at column 2"],
    ["a one", 'line 1: "one" is no number'],
    ["a 0x10", 'line 1: "0x10" is no number'],
    ['a{b="c} 1', "line 1: expected a label's value in quotes"],
    ["a{b=c} 1", "line 1: expected a label's value in quotes"],
    ['a{b="c" 1', "line 1: expected a label's name"],
    ['a{b="c",b="d"} 1', "line 1: the label b is there twice"],
    ["a 1 2 3", 'line 1: "3" cannot follow'],
    ["# TYPE 9lives counter", 'line 1: "9lives" is no name of a metric'],
  ])("refuses %j", (text, message) => {
    expect(() => parseExposition(text, "text")).toThrow(message);
  });

  it("wants OpenMetrics to end, once", () => {
    expect(() => parseExposition("a 1\n", "OpenMetrics")).toThrow("line 2: OpenMetrics must end with # EOF");
    expect(() => parseExposition("# EOF\na 1\n", "OpenMetrics")).toThrow("line 2: there is more after # EOF");
  });

  it("reads any label value that is written as the format wants it", () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoint }), (value) => {
        fc.pre(!/[\r\n]/.test(value.replace(/\n/g, "")));
        const escaped = value.replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replace(/"/g, '\\"');
        expect(samplesOf(`a{b="${escaped}"} 1`)[0]?.labels.b).toBe(value);
      }),
    );
  });

  it("takes __proto__ for a label like any other", () => {
    const [sample] = samplesOf('a{__proto__="b",constructor="c"} 1');
    expect(Object.entries(sample?.labels ?? {})).toEqual([
      ["__proto__", "b"],
      ["constructor", "c"],
    ]);
  });

  it.each([
    ["text", String.raw`one\\ two\nthree \"four\"`, 'one\\ two\nthree \\"four\\"'],
    ["OpenMetrics", String.raw`one\\ two\nthree \"four\"`, 'one\\ two\nthree "four"'],
  ] as const)("undoes the escapes of a help text in %s", (format, written, meant) => {
    const text = `# HELP a ${written}\n# TYPE a gauge\na 1\n${format === "text" ? "" : "# EOF\n"}`;
    expect(parseExposition(text, format).families.get("a")?.help).toBe(meant);
  });

  it("names an info of OpenMetrics as its series are named", () => {
    const { families } = parseExposition('# TYPE build info\nbuild_info{a="b"} 1\n# EOF\n', "OpenMetrics");
    expect([...families].map(([name, { type, samples }]) => [name, type, samples.length])).toEqual([
      ["build_info", "info", 1],
    ]);
  });

  it.each(expositionCases)("$what: $accepted", ({ contentType, body, accepted, line }) => {
    const { format, findings } = announcedFormat(contentType);
    const refusal = () => parseExposition(body, format);
    if (line !== undefined) expect(refusal).toThrow(`line ${String(line)}: `);
    else expect(refusal).not.toThrow();
    expect(line === undefined && findings.length === 0).toBe(accepted);
  });

  it("throws nothing but its own error, whatever the text", () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, isOpen) => {
        try {
          parseExposition(text, isOpen ? "OpenMetrics" : "text");
        } catch (error) {
          expect(error).toBeInstanceOf(ExpositionError);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
