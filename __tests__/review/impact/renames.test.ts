import { impactOf } from "../../../review/impact/impact-of";
import { readersIn } from "../../../review/impact/readers/dashboards";
import { dashboardOf } from "../../../dashboards/lint/dashboard";
import { metric, version } from "./versions";

const old = metric("parcels_total");
const former = { ...old, formerNameOf: "parcels_sent_total" };
const renamed = metric("parcels_sent_total");

const either = (name: string, other: string) =>
  `sum(rate(${name}[5m]) unless count_over_time(${name}[5m]) < count_over_time(${other}[5m]) or rate(${other}[5m])) > 5`;
const both = either("parcels_sent_total", "parcels_total");

const reads = (
  expr: string,
  absent = `absent(${expr.includes("sent") ? "parcels_sent_total" : "parcels_total"})`,
) => ({
  panels: [expr],
  rules: [
    { alert: "ParcelsLate", expr },
    { alert: "ParcelsSilent", expr: absent },
  ],
});
const begun = reads(both, "absent(parcels_sent_total) and absent(parcels_total)");

const before = version({ metrics: [old], ...reads("sum(rate(parcels_total[5m])) > 5") });
const between = version({ metrics: [renamed, former], ...begun });
const after = version({ metrics: [renamed], ...reads("sum(rate(parcels_sent_total[5m])) > 5") });

/** A dashboard of others. */
function foreign(expr: string) {
  const panels = [{ title: "P", type: "stat", targets: [{ refId: "A", expr }] }];
  return {
    readers: readersIn(dashboardOf({ title: "B", panels }), "b.json", true),
    alertmanagers: [],
    notes: [],
  };
}

describe("a rename in two steps", () => {
  it("passes at its first step, with a note", () => {
    expect(impactOf(before, between, foreign("parcels_total")).findings).toEqual([
      {
        verdict: "pass",
        subject: { kind: "metric", name: "parcels_total", change: "renamed", to: "parcels_sent_total" },
        readers: [],
        note: "It is being renamed to parcels_sent_total: services expose both names, and queries read either.",
      },
    ]);
  });

  it("passes at its second step, with a note", () => {
    expect(impactOf(between, after).findings).toEqual([
      {
        verdict: "pass",
        subject: { kind: "metric", name: "parcels_total", change: "renamed", to: "parcels_sent_total" },
        readers: [],
        note: "Its rename to parcels_sent_total is at its end: queries read that name alone.",
      },
    ]);
  });

  it("is no news between the steps", () => {
    expect(impactOf(between, between).findings).toEqual([]);
  });

  it.each([
    ["parcels_total", "block", "will show nothing: nothing gives parcels_total"],
    [both, "pass", "reads the new name beside it: nothing gives parcels_total"],
    [
      "parcels_sent_total or parcels_total",
      "pass",
      "reads the new name beside it: nothing gives parcels_total",
    ],
    ["parcels_sent_total * on () parcels_total", "block", "will show nothing: nothing gives parcels_total"],
  ])("at its second step finds what others read: %s", (expr, verdict, consequence) => {
    const { findings } = impactOf(between, after, foreign(expr));
    expect(findings).toMatchObject([
      { verdict, subject: { name: "parcels_total" }, readers: [{ verdict, consequence }] },
    ]);
  });

  it("passes where rules still read either at its second step", () => {
    const still = version({ metrics: [renamed], ...begun });
    expect(impactOf(between, still).findings.map(({ verdict }) => verdict)).toEqual(["pass"]);
  });

  it("can be taken back", () => {
    expect(impactOf(between, before).findings).toMatchObject([
      {
        verdict: "pass",
        subject: { name: "parcels_sent_total", change: "renamed", to: "parcels_total" },
        note: "Its rename from parcels_total is taken back.",
      },
    ]);
  });

  it("in one step is what it was: what reads the old name is blocked", () => {
    const { findings } = impactOf(before, version({ metrics: [renamed], panels: ["parcels_total"] }));
    expect(findings).toMatchObject([{ verdict: "block", subject: { name: "parcels_total" } }, {}, {}]);
  });
});
