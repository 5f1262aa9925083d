import { parseExposition } from "../../../metrics/contract/exposition";
import { formatFor, labelPairs, render, type Family } from "../../../services/instrumentation/exposition";

const prometheus242 =
  "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
const prometheus3 =
  "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1";

describe("the format of an exposition", () => {
  it.each([
    [undefined, "text"],
    ["*/*", "text"],
    ["text/html,application/xhtml+xml,*/*;q=0.8", "text"],
    ["text/plain", "text"],
    [prometheus242, "openmetrics"],
    [prometheus3, "openmetrics"],
    ["application/openmetrics-text", "openmetrics"],
    ["application/openmetrics-text;version=2.0.0", "text"],
    ["application/openmetrics-text;q=0.2, text/plain;q=0.9", "text"],
    ["Application/OpenMetrics-Text; Version=1.0.0", "openmetrics"],
    ["application/openmetrics-text;q=0", "text"],
    ["application/openmetrics-text;q=high", "text"],
  ])("for Accept: %s is %s", (accept, format) => {
    expect(formatFor(accept)).toBe(format);
  });
});

const families: readonly Family[] = [
  {
    name: "hits_total",
    help: 'Hits of "a\\b"\nand more',
    type: "counter",
    samples: [{ name: "hits_total", labels: labelPairs({ path: 'C:\\"x"\n' }), value: 3 }],
  },
  {
    name: "wait_seconds",
    help: "Wait.",
    type: "histogram",
    samples: [
      {
        name: "wait_seconds_bucket",
        labels: labelPairs({ le: "+Inf" }),
        value: 1,
        exemplar: { labels: { trace_id: "abc" }, value: 0.5, timestamp: 1.5 },
      },
      { name: "wait_seconds_sum", labels: "", value: 0.5 },
      { name: "wait_seconds_count", labels: "", value: 1 },
    ],
  },
  { name: "odd", help: "Odd.", type: "gauge", samples: [{ name: "odd", labels: "", value: -Infinity }] },
];

describe("an exposition", () => {
  it("in the text format has no exemplars and names counters in full", () => {
    expect(render(families, "text")).toBe(
      [
        '# HELP hits_total Hits of "a\\\\b"\\nand more',
        "# TYPE hits_total counter",
        'hits_total{path="C:\\\\\\"x\\"\\n"} 3',
        "# HELP wait_seconds Wait.",
        "# TYPE wait_seconds histogram",
        'wait_seconds_bucket{le="+Inf"} 1',
        "wait_seconds_sum 0.5",
        "wait_seconds_count 1",
        "# HELP odd Odd.",
        "# TYPE odd gauge",
        "odd -Inf",
        "",
      ].join("\n"),
    );
  });

  it("in OpenMetrics has exemplars, units, and an end", () => {
    const lines = render(families, "openmetrics").split("\n");
    expect(lines).toContain("# TYPE hits counter");
    expect(lines).toContain("# UNIT wait_seconds seconds");
    expect(lines).toContain('wait_seconds_bucket{le="+Inf"} 1 # {trace_id="abc"} 0.5 1.500');
    expect(lines.slice(-2)).toEqual(["# EOF", ""]);
  });

  it.each(["text", "openmetrics"] as const)("in the format %s says the same to a reader", (format) => {
    const isOpen = format === "openmetrics";
    const parsed = parseExposition(render(families, format), isOpen ? "OpenMetrics" : "text").families;
    expect([...parsed.keys()]).toEqual(["hits_total", "wait_seconds", "odd"]);
    expect(parsed.get("hits_total")?.samples).toEqual([
      { name: "hits_total", labels: { path: 'C:\\"x"\n' }, value: 3 },
    ]);
    expect(parsed.get("odd")?.samples[0]?.value).toBe(-Infinity);
  });
});
