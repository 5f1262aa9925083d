import { barsPanel, statPanel, timeseriesPanel } from "../../dashboards/panels";
import { select, sum } from "../../metrics/promql";

const frame = { title: "Panel", description: "What it shows.", queries: { up: sum(select("up")) } } as const;

const legendOf = (options: Partial<Parameters<typeof timeseriesPanel>[0]>) =>
  (timeseriesPanel({ ...frame, unit: "s", ...options }).build().options as { readonly legend: unknown })
    .legend;
const graphOf = (options: Partial<Parameters<typeof timeseriesPanel>[0]>) =>
  timeseriesPanel({ ...frame, unit: "s", ...options }).build().fieldConfig?.defaults.custom as unknown;

describe("the legend of a graph", () => {
  it("stands beside a wide graph and below a narrow one", () => {
    expect(legendOf({})).toMatchObject({ placement: "right", displayMode: "table" });
    expect(legendOf({ span: 24 })).toMatchObject({ placement: "right" });
    expect(legendOf({ span: 8 })).toMatchObject({ placement: "bottom", displayMode: "list" });
  });

  it("begins with the worst", () => {
    expect(legendOf({})).toMatchObject({ sortBy: "Max", sortDesc: true });
    const least = { sortBy: "Min", sortDesc: false, calcs: ["lastNotNull", "min"] };
    expect(legendOf({ limits: { bad: "below", warning: 1 } })).toMatchObject(least);
    expect(legendOf({ worst: "least" })).toMatchObject(least);
  });
});

describe("the axis", () => {
  it("reaches the greatest limit, even where all is 0", () => {
    const limits = { warning: 0.01, critical: 0.05 };
    expect(graphOf({ unit: "percentunit", limits })).toMatchObject({ axisSoftMax: 0.05 });
    expect(graphOf({ unit: "none", limits: { critical: 3 } })).toMatchObject({ axisSoftMax: 3 });
  });

  it("has an end where all is 0 and there is no limit", () => {
    expect(graphOf({ unit: "percentunit" })).toMatchObject({ axisSoftMax: 0.1 });
    expect(graphOf({ unit: "cps" })).toMatchObject({ axisSoftMax: 1 });
  });

  it("reaches down to a limit below which it is bad", () => {
    const limits = { bad: "below", critical: 0 } as const;
    expect(graphOf({ unit: "percentunit", min: "data", limits })).toMatchObject({ axisSoftMin: 0 });
  });

  it("of a time is that of the data", () => {
    expect(graphOf({ limits: { warning: 1 } })).not.toHaveProperty("axisSoftMax");
  });
});

it("gives what is not known no colour of good or bad", () => {
  const mapped = (options: Partial<Parameters<typeof statPanel>[0]>) =>
    statPanel({ ...frame, unit: "none", limits: { warning: 1 }, ...options }).build().fieldConfig?.defaults
      .mappings;
  const [missing] = mapped({}) ?? [];
  expect(missing).toMatchObject({ options: { match: "null+nan", result: { text: "No data" } } });
  const [none] = mapped({ noValue: "No requests" }) ?? [];
  expect(none).toMatchObject({ options: { result: { text: "No requests", color: "#8E8E8E" } } });
});

describe("bars", () => {
  const links = [{ title: "There", url: "/d/there" }];

  it("show the newest value of each series, once, and lead somewhere", () => {
    const { type, targets, fieldConfig } = barsPanel({
      ...frame,
      unit: "percentunit",
      max: 1,
      links,
    }).build();
    expect([type, targets]).toMatchObject(["bargauge", [{ instant: true, range: false }]]);
    expect(fieldConfig?.defaults).toMatchObject({ min: 0, max: 1, links });
  });

  it("end where the greatest does, where no end is said", () => {
    expect(barsPanel({ ...frame, unit: "none" }).build().fieldConfig?.defaults).not.toHaveProperty("max");
  });
});
