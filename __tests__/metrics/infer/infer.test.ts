import { parseExposition, type ExpositionFormat } from "../../../metrics/contract/exposition";
import { infer } from "../../../metrics/infer/infer";
import { commonCatalogue, roundTrip } from "../../support/inferred";
import { catalogue as ofSystem } from "../../support/system";

/** A counter with a label of these values. */
const counterWith = (label: string, values: readonly string[], name = "parcels_total") =>
  [
    `# HELP ${name} Parcels.`,
    `# TYPE ${name} counter`,
    ...values.map((value) => `${name}{${label}=${JSON.stringify(value)}} 1`),
    "",
  ].join("\n");
const metric = (type: string, lines: string, help = "Parcels.") => {
  const name = /^[\w:]+?(?=_(?:bucket|sum|count)\b|[ {])/.exec(lines)?.[0] ?? "";
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines}\n`;
};
const inferred = (text: string, format: ExpositionFormat = "text") =>
  roundTrip([parseExposition(format === "text" ? text : `${text}# EOF\n`, format)], "parcel-service");
const numbered = (count: number, value = (index: number) => `v-${String(index)}`) =>
  Array.from({ length: count }, (_, index) => value(index));

describe("the values of a label", () => {
  const uuid = (index: number) => `123e4567-e89b-12d3-a456-42661417${String(4000 + index)}`;

  it.each([
    ["few words", "status", ["ok", "failed", "not found"], 'oneOf("failed", "not found", "ok")'],
    [
      "words with one for the rest",
      "kind",
      ["small", "other", "large"],
      'oneOfOr("other", "large", "small")',
    ],
    ["one word", "region", ["eu-central-1"], 'oneOf("eu-central-1")'],
    ["classes of status", "class", ["2xx", "5xx"], 'oneOf("2xx", "5xx")'],
    ["known status codes", "status_code", ["200", "404"], "httpStatusCode"],
    ["other status codes", "status_code", ["200", "418"], 'oneOf("200", "418")'],
    ["methods", "method", ["GET", "OTHER"], "httpMethod"],
    ["other methods", "method", ["GET", "PROPFIND"], 'oneOf("GET", "PROPFIND")'],
    ["many words", "step", numbered(13), 'bounded({ max: 20, rest: "other" })'],
    ["as many as a bound", "step", numbered(20), 'bounded({ max: 50, rest: "other" })'],
    ["a bound that is there", "step", [...numbered(20), "OTHER"], 'bounded({ max: 20, rest: "OTHER" })'],
    ["ids", "parcel", numbered(3, uuid), 'bounded({ max: 10, rest: "other" })'],
    ["few of an id", "parcel_id", ["a", "b"], 'bounded({ max: 10, rest: "other" })'],
    ["numbers", "shard", ["1", "2"], 'bounded({ max: 10, rest: "other" })'],
    [
      "templates",
      "route",
      ["/parcels/:id", "/"],
      'bounded({ max: 10, rest: "unmatched", isTemplate: true })',
    ],
    ["paths", "route", ["/parcels/17", "/parcels/18"], 'bounded({ max: 10, rest: "other" })'],
    ["addresses of mail", "by", ["ann@example.com"], 'bounded({ max: 10, rest: "other" })'],
    ["names of persons", "user", ["ann", "bob"], 'bounded({ max: 10, rest: "other" })'],
    ["a secret", "api_key", ["abc"], 'bounded({ max: 10, rest: "other" })'],
    ["no value", "note", ["", "a"], 'bounded({ max: 10, rest: "other" })'],
  ])("that are %s", (_, label, values, code) => {
    const { module, ownFindings, leftOut } = inferred(counterWith(label, values));
    expect(module.replace(" },\n", ",\n")).toContain(`${label}: ${code},`);
    expect({ ownFindings, leftOut }).toEqual({ ownFindings: [], leftOut: [] });
  });

  it.each([
    ["parcel", numbered(3, uuid), /^label parcel: 3 of its values look like ids or keys: /],
    ["route", ["/parcels/17", "/parcels/18"], /^label route: 2 of its values are paths: /],
    ["by", ["ann@example.com"], /^label by: it tells of persons or machines/],
    ["user", ["ann"], /^label user: it tells of persons or machines/],
    ["session", ["a"], /^label session: its name is one of secrets/],
  ])("of the kind of %s are to be looked at, and stand nowhere", (label, values, message) => {
    const { doubts, module } = inferred(counterWith(label, values));
    expect(doubts).toEqual([{ metric: "parcels_total", message: expect.stringMatching(message) as string }]);
    for (const value of values) {
      expect(module).not.toContain(JSON.stringify(value));
      expect(JSON.stringify(doubts)).not.toContain(value.length > 3 ? value : JSON.stringify(value));
    }
  });

  it.each([
    ["1 value was seen; add those that can still come.", ["ok"]],
    ["2 values were seen; add those that can still come.", ["ok", "failed"]],
    ['20 values were seen; count those beyond the bound as "other".', numbered(20)],
    ['20 values and "other" were seen; take the bound that the service has.', [...numbered(20), "other"]],
  ])("have a comment: %s", (comment, values) => {
    expect(inferred(counterWith("step", values)).module).toContain(`      // ${comment}\n      step: `);
  });

  it("of several metrics have one bound", () => {
    const text = counterWith("step", numbered(13)) + counterWith("step", numbered(60), "parcels_sent_total");
    const { module } = inferred(text);
    expect(module).toContain('const step = bounded({ max: 100, rest: "other" });');
    expect(module.match(/labels: \{ step \}|step: step/g)).toHaveLength(2);
  });

  it("follow those of another label where they go in pairs", () => {
    const pairs = (titleOf: (index: number) => string) =>
      metric(
        "gauge",
        numbered(20, (index) => `stock{sku="s${String(index)}x",title="${titleOf(index)}"} 1`).join("\n"),
      );
    const follows = 'title: follows("sku", { rest: "other" }),';
    expect(inferred(pairs((index) => `Parcel ${String(index)}`)).module).toContain(follows);
    expect(inferred(pairs((index) => `Parcel ${String(index % 15)}`)).module).not.toContain("follows(");
  });

  it("bound the label sets where the labels allow far more", () => {
    const lines = numbered(40, (index) => `stock{box="b${String(index)}x",rack="r${String(index % 20)}x"} 1`);
    const { module, ownFindings } = inferred(metric("gauge", lines.join("\n")));
    expect(module).toContain("    // 40 label sets were seen.\n    maxLabelSets: 100,\n");
    expect(ownFindings).toEqual([]);
  });
});

describe("the unit of a metric", () => {
  it.each([
    ["counter", "parcels_total 1", "parcels", undefined],
    ["counter", "parcels_lost_total 1", "parcels", undefined],
    ["counter", "waited_seconds_total 1", "seconds", undefined],
    ["gauge", "load_ratio 1", "ratio", undefined],
    ["gauge", 'build_info{revision="a"} 1', "constant 1", undefined],
    ["gauge", "lag_ms 1", "milliseconds", /Prometheus's own unit is seconds/],
    ["gauge", "queue_length 1", "queue length", /does not tell the unit/],
  ])("of the %s %s is %s", (type, line, unit, doubt) => {
    const { catalogue, doubts, entries } = inferred(metric(type, line));
    expect(catalogue.metrics[entries[0]?.name ?? ""]?.unit).toBe(unit);
    expect(doubts.map(({ message }) => message)).toEqual(
      doubt === undefined ? [] : [expect.stringMatching(doubt) as string],
    );
  });

  it("is the one that OpenMetrics announces", () => {
    const text =
      "# HELP wait_furlongs Way.\n# TYPE wait_furlongs gauge\n# UNIT wait_furlongs furlongs\nwait_furlongs 1\n";
    const { entries, ownFindings } = inferred(text, "OpenMetrics");
    expect([entries[0]?.unit, ownFindings]).toEqual(["furlongs", []]);
  });
});

describe("no entry is made, and the reason told, of", () => {
  const bucket = (le: string, labels = "") => `took_seconds_bucket{${labels}le="${le}"} 1\n`;
  const ends = (labels = "") => `took_seconds_sum${labels} 1\ntook_seconds_count${labels} 1`;

  it.each([
    ["a summary", metric("summary", 'took_seconds{quantile="0.5"} 1'), /^is a summary/],
    ["what has no type", "parcels 1\n", /^is announced as no type/],
    ["two types", `# TYPE a counter\n${metric("gauge", "a 1")}`, /^is announced as counter and as gauge/],
    ["what has no HELP", "# TYPE parcels gauge\nparcels 1\n", /^has no HELP/],
    ["an empty HELP", metric("gauge", "parcels 1", ""), /^has no HELP/],
    ["what has no series", "# HELP a_total x\n# TYPE a_total counter\n", /^has no series yet/],
    ["a counter's name", metric("counter", "parcels 1"), /a counter's name ends in _total: parcels_total$/],
    ["a gauge's name", metric("gauge", "parcels_total 1"), /a gauge's name, which does not end in _total$/],
    [
      "a histogram's name",
      metric("histogram", 'took_bucket{le="+Inf"} 1\ntook_sum 1\ntook_count 1'),
      /ends in its base unit/,
    ],
    ["a name with a colon", metric("gauge", "a:b 1"), /letters, digits and underscores/],
    ["a name of Prometheus's own", metric("gauge", "__a 1"), /two underscores first/],
    ["an id in the name", metric("gauge", "job_123e4567_e89b_12d3_a456_426614174000 1"), /with an id in it/],
    ["a label of the scrape", counterWith("instance", ["a"]), /none of service, environment, job, instance/],
    ["a label of Prometheus's own", counterWith("__proto__", ["a"]), /^has the label __proto__/],
    ["a label of histograms", counterWith("le", ["1"]), /found "le"/],
    [
      "a label that some series lack",
      metric("gauge", 'parcels{a="b"} 1\nparcels 1'),
      /lacks the label "a" in some/,
    ],
    ["a gauge of each worker", metric("gauge", 'parcels{pid="1"} 1'), /^has the label pid/],
    ["a series twice", metric("gauge", "parcels 1\nparcels 2"), /twice/],
    ["a negative counter", metric("counter", "parcels_total -1"), /a counter is 0 or more/],
    [
      "buckets that differ",
      metric(
        "histogram",
        `${bucket("1", 'a="x",')}${bucket("+Inf", 'a="x",')}${ends('{a="x"}')}\n${bucket("2", 'a="y",')}${bucket("+Inf", 'a="y",')}${ends('{a="y"}')}`,
      ),
      /must have the buckets 1 2 \+Inf, has 1 \+Inf/,
    ],
    [
      "a histogram without count",
      metric("histogram", `${bucket("+Inf")}took_seconds_sum 1`),
      /has no took_seconds_count/,
    ],
  ])("%s", (_, text, why) => {
    const { entries, leftOut } = inferred(text);
    expect(entries).toEqual([]);
    expect(leftOut).toEqual([
      {
        metric: expect.any(String) as string,
        why: expect.stringMatching(why) as string,
        todo: expect.stringMatching(/./) as string,
      },
    ]);
  });

  it("what the catalogue has of another service", () => {
    const name = "orders_total";
    const { leftOut } = infer([parseExposition(metric("counter", `${name} 1`), "text")], ofSystem);
    expect(leftOut).toMatchObject([
      { metric: name, why: expect.stringContaining("as a metric of order-service") as string },
    ]);
  });
});

describe("a service's metrics", () => {
  it("are those that neither every service nor a runtime has", () => {
    const text = [
      metric("counter", "http_requests_total 1"),
      metric("gauge", "python_info 1"),
      metric("gauge", "process_open_fds 1"),
      metric("counter", "parcels_total 1"),
      metric("gauge", "parcels_created 1"),
    ];
    const { entries, common } = inferred(text.join(""));
    expect([entries.map(({ name }) => name), common]).toEqual([["parcels_total"], 4]);
  });

  it("are the same in whatever order they come, in one scrape or in several", () => {
    const parts = [
      counterWith("step", ["b", "a"]),
      metric("gauge", 'stock{z="y",a="b"} 1'),
      metric("gauge", "racks 1"),
    ];
    const scrape = (text: string) => parseExposition(text, "text");
    const one = roundTrip([scrape(parts.join(""))], "parcel-service").module;
    const lines = (text: string) => text.split("\n").filter((line) => !line.includes('step="b"'));
    const two = [scrape([...parts].reverse().join("")), scrape(lines(parts.join("")).join("\n"))];
    expect(roundTrip(two, "parcel-service").module).toBe(one);
    expect(roundTrip([...two].reverse(), "parcel-service").module).toBe(one);
  });

  it("are known by every series that any scrape had", () => {
    const scrapes = ["ok", "failed"].map((value) => parseExposition(counterWith("status", [value]), "text"));
    expect(roundTrip(scrapes, "parcel-service").module).toContain('oneOf("failed", "ok")');
  });

  it("have their infos and states as gauges", () => {
    const text =
      '# HELP build B.\n# TYPE build info\nbuild_info{revision="a"} 1\n' +
      '# HELP mode M.\n# TYPE mode stateset\nmode{mode="on"} 1\nmode{mode="off"} 0\n';
    const { entries, ownFindings } = inferred(text, "OpenMetrics");
    expect(entries.map(({ name, type, unit }) => [name, type, unit])).toEqual([
      ["build_info", "gauge", "constant 1"],
      ["mode", "gauge", "boolean"],
    ]);
    expect(ownFindings).toEqual([]);
  });

  it("have a HELP without what is private in it", () => {
    const { module, doubts } = inferred(
      metric("gauge", "racks 1", 'Ask ann@example.com, key "AKIAIOSFODNN7EXAMPLE".'),
    );
    expect(module).toContain(`help: 'Ask …, key "…".'`);
    expect(doubts).toMatchObject([
      { metric: "racks", message: expect.stringMatching(/^its HELP held/) as string },
    ]);
  });

  it("are counted as series by the bounds of their labels", () => {
    const none = infer([parseExposition(metric("gauge", "a:b 1"), "text")], commonCatalogue).worstCase;
    const { worstCase } = infer(
      [parseExposition(counterWith("step", numbered(13)), "text")],
      commonCatalogue,
    );
    expect(worstCase - none).toBe(21);
  });
});
