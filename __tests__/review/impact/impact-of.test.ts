import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readForeign } from "../../../review/impact/foreign/foreign";
import { impactOf } from "../../../review/impact/impact-of";
import { metric, version, type TestRule } from "./versions";

const parcels = metric("parcels_total");
const vans = metric("vans", { type: "gauge", labels: [] });

/** What is said of each reader, where a metric's description changes and what reads it stays. */
function told(reads: { rules?: readonly TestRule[]; panels?: readonly string[] }, after = [vans]) {
  const { findings } = impactOf(
    version({ metrics: [parcels, vans], ...reads }),
    version({ metrics: after, ...reads }),
  );
  return findings.flatMap(({ readers }) =>
    readers.map(({ verdict, consequence }) => `${verdict}: ${consequence}`),
  );
}

describe("a metric that is gone", () => {
  const gone = "nothing gives parcels_total";

  it.each([
    ["rate(parcels_total[5m])", [`block: will show nothing: ${gone}`]],
    ["sum(parcels_total) / sum(vans)", [`block: will show nothing: ${gone}`]],
    ["vans and on () parcels_total", [`block: will show nothing: ${gone}`]],
    ["sum(rate(parcels_total[5m])) or vector(0)", [`block: gives 0 whatever is measured: ${gone}`]],
    ["sum(parcels_total) or sum(vans) * 0", [`block: gives 0 whatever is measured: ${gone}`]],
    ["parcels_total or vans", [`warn: shows less: ${gone}`]],
    ["vans unless on () parcels_total", [`warn: shows what was left out: ${gone}`]],
    ["vans", []],
  ])("read by the panel %s", (expr, expected) => {
    expect(told({ panels: [expr] })).toEqual(expected);
  });

  it.each([
    ["rate(parcels_total[5m]) > 5", [`block: can never fire: ${gone}`]],
    ["absent(parcels_total)", [`block: fires all the time: ${gone}`]],
    ["(sum(parcels_total) or vector(0)) < 1", [`block: fires all the time: ${gone}`]],
    ["(sum(parcels_total) or vector(0)) > 1", [`block: can never fire: ${gone}`]],
    ["vans > 3 unless on () parcels_total > 0", [`block: fires where it was held back before: ${gone}`]],
    ["vans > 3 or parcels_total > 3", [`warn: fires for less: ${gone}`]],
    ["vans > 3 unless (vans > 5 or parcels_total > 3)", [`warn: is held back by less: ${gone}`]],
    [
      "vans > 3 unless (vans > 5 unless parcels_total > 3)",
      [`block: fires where it was held back before: ${gone}`],
    ],
    ["sum(vans) - (sum(parcels_total) or sum(vans) * 0) > 3", [`warn: fires for less: ${gone}`]],
    [
      "(sum(vans) - (sum(parcels_total) or sum(vans) * 0)) / (sum(vans) > 0) > 0.5",
      [`block: fires all the time that there is data: ${gone}`],
    ],
    [
      "(sum by (job) (vans) - (sum by (job) (parcels_total) or sum by (job) (vans) * 0)) / (sum by (job) (vans) > 0) > 1.5",
      [`block: can never fire: ${gone}`],
    ],
    // Of one job, and of all: not the same.
    [
      '(sum(vans{instance!="a"}) - (sum(parcels_total) or sum(vans) * 0)) / (sum(vans) > 0) > 0.5',
      [`warn: fires for less: ${gone}`],
    ],
    [
      "(sum(vans offset 1h) - (sum(parcels_total) or sum(vans) * 0)) / (sum(vans) > 0) > 0.5",
      [`warn: fires for less: ${gone}`],
    ],
    ["vector(1)", []],
    ["absent(vans)", []],
  ])("read by the alert %s", (expr, expected) => {
    expect(told({ rules: [{ alert: "ParcelsLate", expr }] })).toEqual(expected);
  });

  it("lets an alert fire all the time through what is recorded", () => {
    const events = 'post:events:rate5m{post="north"}';
    const rules = [
      { record: "post:events:rate5m", expr: "sum by (job) (rate(vans[5m]))", labels: { post: "north" } },
      {
        record: "post:errors:rate5m",
        expr: `sum by (job) (${events}) - (sum by (job) (rate(parcels_total[5m])) or sum by (job) (${events}) * 0)`,
        labels: { post: "north" },
      },
      {
        record: "post:errors:ratio",
        expr: `sum_over_time(post:errors:rate5m[1h]) / (sum_over_time(${events}[1h]) > 0)`,
        labels: { post: "north" },
      },
      { alert: "ParcelsLost", expr: "round(post:errors:ratio / 0.01, 0.001) > 14.4" },
    ];
    const ratio = "post:errors:ratio and post:errors:rate5m";
    expect(told({ rules })).toEqual([
      `block: gives 1 whatever is measured: ${gone} (through post:errors:rate5m)`,
      `block: fires all the time that there is data: ${gone} (through ${ratio})`,
      `warn: shows less: ${gone}`,
    ]);
  });

  it("is followed through what is recorded and through alerts", () => {
    const rules = [
      { record: "post:parcels:rate5m", expr: "sum(rate(parcels_total[5m]))" },
      { alert: "ParcelsLate", expr: "post:parcels:rate5m > 1" },
      { alert: "PostStands", expr: 'ALERTS{alertname="ParcelsLate", alertstate="firing"}' },
    ];
    expect(told({ rules })).toEqual([
      `block: will record nothing: ${gone}`,
      `block: can never fire: ${gone} (through post:parcels:rate5m)`,
      "block: can never fire: no alert ParcelsLate can fire",
    ]);
  });

  it("passes where nothing reads it", () => {
    const { findings } = impactOf(version({ metrics: [parcels, vans] }), version({ metrics: [vans] }));
    expect(findings).toEqual([
      { verdict: "pass", subject: { kind: "metric", name: "parcels_total", change: "gone" }, readers: [] },
    ]);
  });

  it("is told as renamed where another one says the same", () => {
    const other = { ...parcels, name: "packets_total", series: ["packets_total"] };
    const { findings } = impactOf(version({ metrics: [parcels] }), version({ metrics: [other] }));
    expect(findings).toMatchObject([
      {
        subject: { kind: "metric", name: "parcels_total", change: "renamed", to: "packets_total" },
        note: "Most likely renamed: the same help, unit, labels.",
      },
    ]);
  });
});

describe("a metric that is described in another way", () => {
  const without = (labels: typeof parcels.labels) => [{ ...parcels, labels }, vans];

  it.each([
    ['parcels_total{result="lost"}', 'block: will show nothing: no parcels_total has result="lost"'],
    ['parcels_total{result=~"sent|lost"}', 'warn: shows less: no parcels_total has result="lost"'],
    ["sum(rate(parcels_total[5m]))", 'warn: reads less: no parcels_total has result="lost"'],
    ['parcels_total{result!="sent"}', 'block: will show nothing: no parcels_total has result!="sent"'],
  ])("a value less, read by %s", (expr, expected) => {
    expect(told({ panels: [expr] }, without([{ name: "result", values: ["sent"] }]))).toEqual([expected]);
  });

  it.each([
    ['parcels_total{result!=""}', "block: will show nothing: parcels_total has no label result"],
    [
      "sum by (result) (parcels_total)",
      "warn: tells no result from another any more: parcels_total has no label result",
    ],
  ])("a label less, read by %s", (expr, expected) => {
    expect(told({ panels: [expr] }, without([]))).toEqual([expected]);
  });

  it("a value less: what does not read it is let be", () => {
    const labels = [{ name: "result", values: ["sent"] }];
    expect(told({ panels: ['parcels_total{result!="lost"}', "vans"] }, without(labels))).toEqual([]);
  });

  it("another type: the rate of a gauge is wrong", () => {
    expect(told({ panels: ["rate(parcels_total[5m])"] }, [{ ...parcels, type: "gauge" }, vans])).toEqual([
      "warn: takes rate() of a gauge, which is wrong where it falls",
    ]);
  });

  it("not stored any more", () => {
    expect(told({ panels: ["parcels_total"] }, [{ ...parcels, stored: [] }, vans])).toEqual([
      "block: will show nothing: parcels_total is not stored",
    ]);
  });
});

it("a new expression that can give nothing is at fault itself", () => {
  const { findings } = impactOf(
    version({ metrics: [parcels] }),
    version({ metrics: [parcels], panels: ["histogram_quantile(0.9, sum(parcels_total))", "parcel_total"] }),
  );
  expect(
    findings.map(({ verdict, subject, readers }) => [verdict, subject.name, readers[0]?.consequence]),
  ).toEqual([
    ["block", "panel 0", "will show nothing"],
    ["block", "panel 1", "will show nothing: nothing gives parcel_total"],
  ]);
});

it("what gave nothing before is no news", () => {
  const reads = { metrics: [parcels], panels: ["parcel_total"] };
  expect(impactOf(version(reads), version(reads)).findings).toEqual([]);
});

describe("Alertmanager", () => {
  const alertmanager = {
    route: { receiver: "team", routes: [{ receiver: "pager", matchers: ['alertname="ParcelsLate"'] }] },
    receivers: [{ name: "team" }, { name: "pager" }],
    inhibit_rules: [
      { source_matchers: ['alertname=~"ParcelsLate|VansGone"'], target_matchers: ['severity="low"'] },
    ],
  };
  const rules = (name: string) => [
    { alert: name, expr: "parcels_total > 5" },
    { alert: "VansGone", expr: "vans < 1", labels: { severity: "low" } },
  ];
  const metrics = [parcels, vans];

  it("tells routes and inhibitions of an alert that has another name", () => {
    const { findings } = impactOf(
      version({ metrics, alertmanager, rules: rules("ParcelsLate") }),
      version({ metrics, alertmanager, rules: rules("ParcelsAreLate") }),
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]?.subject).toMatchObject({ kind: "alert", change: "renamed", to: "ParcelsAreLate" });
    expect(
      findings[0]?.readers.map(({ where, verdict, consequence }) => [where, verdict, consequence]),
    ).toEqual([
      ["route", "block", "matches no alert any more"],
      ["inhibition", "warn", "names ParcelsLate, which is not there any more"],
    ]);
  });

  it("refuses a route to a receiver that is gone", () => {
    const { findings } = impactOf(
      version({ metrics, alertmanager }),
      version({ metrics, alertmanager: { ...alertmanager, receivers: [{ name: "team" }] } }),
    );
    expect(findings[0]).toMatchObject({
      verdict: "block",
      subject: { kind: "receiver", name: "pager", change: "gone" },
    });
  });
});

describe("files of others", () => {
  const folder = mkdtempSync(join(tmpdir(), "foreign-"));
  const write = (file: string, text: string) => {
    writeFileSync(join(folder, file), text);
  };
  mkdirSync(join(folder, "deep"));
  write(
    "board.json",
    JSON.stringify({
      title: "B",
      panels: [
        { title: "P", type: "stat", targets: [{ refId: "A", expr: "parcels_total + elsewhere_total" }] },
      ],
    }),
  );
  write(
    "deep/rules.yaml",
    "groups: [{name: g, rules: [{alert: A, expr: 'rate(parcels_total[5m]) > 1'}, {alert: B, expr: elsewhere_total}]}]",
  );
  write(
    "am.yml",
    "route: {receiver: a, routes: [{receiver: a, match: {alertname: ParcelsLate}}]}\nreceivers: [{name: a}]\n",
  );
  write("broken.yml", "groups: [{");
  write("broken.json", '{"panels": [');
  write("package.json", '{"name": "x"}');

  it("are found by what is in them, and a broken one is told", () => {
    const { readers, alertmanagers, notes } = readForeign([folder]);
    expect(readers.map(({ name }) => name)).toEqual(["P", "A", "B"]);
    expect(alertmanagers.map(({ file }) => file)).toEqual(["am.yml"]);
    expect(notes[0]).toBe(
      "Of others were read: 2 files of dashboards and rules, 1 Alertmanager configurations. Files that are none of these and were left out: 1.",
    );
    expect(notes.slice(1).map((note) => note.split(" was not read")[0])).toEqual([
      "broken.json",
      "broken.yml",
    ]);
  });

  it("read what is gone here, and what is elsewhere is let be", () => {
    const rules = [{ alert: "ParcelsLate", expr: "vans > 1" }];
    const { findings } = impactOf(
      version({ metrics: [parcels, vans], rules }),
      version({ metrics: [vans] }),
      readForeign([folder]),
    );
    expect(
      findings.map(({ subject, readers }) => [
        subject.name,
        readers.map(({ where, verdict }) => `${verdict} ${where}`),
      ]),
    ).toEqual([
      ["parcels_total", ["block foreign panel", "block foreign rule"]],
      ["ParcelsLate", ["warn foreign route"]],
    ]);
  });

  it("a folder that is not there is an error", () => {
    expect(() => readForeign([join(folder, "none")])).toThrow(/There is no folder/);
  });
});
