import { MemoryStorage } from "../../../metrics/promql-engine";
import { StoredPast } from "../../../review/past/stored-past";
import { alertsPartOf } from "../../../review/parts/alerts/alerts-part";
import { outcomesOf } from "../../../review/parts/alerts/outcome";
import { sweepOf } from "../../../review/parts/alerts/sweep";
import type { Version } from "../../../review/version/version";

const minute = 60_000;
const start = Date.UTC(2026, 2, 2);
const range = { from: start, to: start + 48 * 60 * minute };

/** Parcels that wait: 40 from 23:00 to 23:30 of the first day, 15 from 10:00 to 10:20 of the second, else 1. */
function waiting(time: number): number {
  const minutes = (time - start) / minute;
  if (minutes >= 23 * 60 && minutes < 23.5 * 60) return 40;
  return minutes >= 34 * 60 && minutes < 34 * 60 + 20 ? 15 : 1;
}

function past(): StoredPast {
  const storage = new MemoryStorage();
  for (let time = start; time <= range.to; time += minute) {
    storage.append({ __name__: "parcels_waiting", depot: "north" }, time, waiting(time));
  }
  return new StoredPast({ name: "two days", storage, ...range });
}

interface Rule {
  readonly above: number;
  readonly severity?: string;
  readonly held?: string;
}

function version(name: string, { above, severity = "critical", held = "2m" }: Rule, more = ""): Version {
  return {
    name,
    environment: "test",
    folder: "/nowhere",
    ruleFiles: {
      "depots.yml": `
groups:
  - name: depots
    interval: 1m
    rules:
      - alert: ParcelsWaiting
        expr: parcels_waiting > ${String(above)}
        for: ${held}
        labels: { severity: ${severity} }
        annotations: { summary: "{{ $value }} parcels wait in {{ $labels.depot }}" }
      - alert: Watchdog
        expr: vector(1)
        labels: { severity: none }
`,
    },
    evaluationInterval: "1m",
    externalLabels: { environment: "test" },
    timezone: "UTC",
    alertmanager: `
route:
  receiver: team
  group_by: [alertname]
  group_wait: 30s
  group_interval: 5m
  repeat_interval: 4h
  routes:
    - receiver: heartbeat
      matchers: [alertname="Watchdog"]
    - receiver: pager
      matchers: [severity="critical"]
receivers:
  - name: team
    slack_configs: [{ api_url: "http://127.0.0.1:1", channel: "#team", send_resolved: true }]
  - name: pager
    slack_configs: [{ api_url: "http://127.0.0.1:1", channel: "#pager", send_resolved: true, text: "{{ (index .Alerts 0).Annotations.summary }}" }]
  - name: heartbeat
    webhook_configs: [{ url: "http://127.0.0.1:1", send_resolved: false }]
${more}`,
    templates: "",
    alertmanagerUrl: "http://alertmanager.example.com",
    dashboards: [],
    catalogue: { services: [], metrics: [] },
    volume: {
      scrapeIntervalSeconds: 60,
      openValues: 10,
      dashboardHours: 8,
      jobs: [],
      read: [],
      bucketsRead: {},
      alsoStored: [],
      bills: [],
    },
    sources: { "alert ParcelsWaiting": "alerts/depots.ts" },
  };
}

async function partOf(before: Version, after: Version) {
  const days = past();
  const [old, now] = await outcomesOf([before, after], days, range);
  if (old === undefined || now === undefined) throw new Error("There are two.");
  return alertsPartOf(old, now, days, range, "UTC");
}

describe("a threshold that is halved", () => {
  let part: Awaited<ReturnType<typeof partOf>>;
  beforeAll(async () => {
    part = await partOf(version("before", { above: 20 }), version("after", { above: 10 }));
  });

  it("tells who would have been woken in each version, and how often at night", () => {
    expect(part.receivers).toEqual([
      {
        receiver: "team",
        audience: "people",
        before: { messages: 0, resolved: 0, night: 0 },
        after: { messages: 0, resolved: 0, night: 0 },
      },
      {
        receiver: "pager",
        audience: "wakes",
        before: { messages: 2, resolved: 1, night: 1 },
        after: { messages: 4, resolved: 2, night: 1 },
      },
      expect.objectContaining({ receiver: "heartbeat", audience: "machine" }),
    ]);
  });

  it("names the rule with what changed of it, and what it did", () => {
    const alert = part.alerts.find((each) => each.alert === "ParcelsWaiting");
    expect(alert).toMatchObject({
      severity: "critical",
      change: "changed",
      what: ["threshold 20 → 10"],
      source: "alerts/depots.ts",
      before: { firings: 1, firingSeconds: 28 * 60, receivers: ["pager"] },
      after: { firings: 2, firingSeconds: (28 + 18) * 60, told: { messages: 4, resolved: 2, night: 1 } },
    });
  });

  it("draws what is measured with the threshold of each version", () => {
    const [timeline] = part.alerts.find((each) => each.alert === "ParcelsWaiting")?.timelines ?? [];
    expect(timeline).toMatchObject({
      labels: 'depot="north"',
      before: { threshold: 20, curve: { from: range.from } },
      after: { threshold: 10 },
    });
    const [first] = timeline?.before?.firings ?? [];
    const since = (first?.activeAt ?? 0) - (start + 23 * 60 * minute);
    expect(since).toBeGreaterThanOrEqual(0);
    expect(since).toBeLessThan(minute);
    expect(Math.max(...(timeline?.before?.curve?.max ?? []).map((value) => value ?? 0))).toBe(40);
  });

  it("counts the messages by day and hour, without those of an end and those to machines", () => {
    const { days, before, after } = part.calendar;
    expect(days).toEqual(["2026-03-02", "2026-03-03", "2026-03-04"]);
    expect([before[0]?.[23], before[1]?.[10], after[0]?.[23], after[1]?.[10]]).toEqual([1, 0, 1, 1]);
    expect(after.flat().reduce((sum, one) => sum + one, 0)).toBe(2);
  });

  it("shows the message of the alert as its receiver shows it", () => {
    const [message] = part.messages.filter(({ alert }) => alert === "ParcelsWaiting");
    expect(message).toMatchObject({ receiver: "pager", change: "same" });
    expect(`${message?.after?.title ?? ""} ${message?.after?.text ?? ""}`).toContain(
      "40 parcels wait in north",
    );
  });
});

it("finds nothing in a version against itself", async () => {
  const part = await partOf(version("before", { above: 20 }), version("after", { above: 20 }));
  expect(part.alerts.map(({ change }) => change)).toEqual(part.alerts.map(() => "same"));
  for (const { before, after } of part.receivers) expect(after).toEqual(before);
});

it("names alerts that are over before anybody was told, and those whose receiver is nobody", async () => {
  const nobody = version("after", { above: 20 });
  const silent = {
    ...nobody,
    alertmanager: nobody.alertmanager.replace("receiver: pager\n", "receiver: nobody\n"),
  };
  const part = await partOf(version("before", { above: 20 }), {
    ...silent,
    alertmanager: `${silent.alertmanager}  - name: nobody\n`,
  });
  expect(part.untold).toEqual([
    expect.objectContaining({
      alert: "ParcelsWaiting",
      why: "no receiver",
      by: "nobody",
      before: 0,
      after: 1,
    }),
  ]);
});

it("says what is new, gone and of another severity", async () => {
  const part = await partOf(
    version("before", { above: 20 }),
    version("after", { above: 20, severity: "warning", held: "10m" }),
  );
  expect(part.alerts.map(({ alert, severity, change }) => `${alert} ${severity} ${change}`)).toEqual([
    "ParcelsWaiting warning new",
    "Watchdog none same",
    "ParcelsWaiting critical gone",
  ]);
});

it("counts the messages for each value of a setting, in the order of the values", async () => {
  const values = [50, 10, 20];
  const outcomes = await outcomesOf(
    values.map((above) => version(String(above), { above })),
    past(),
    range,
  );
  const swept = sweepOf(
    "depots.waiting",
    outcomes.map((outcome, index) => ({ value: values[index] ?? NaN, outcome })),
    "UTC",
    { before: 20 },
  );
  expect(swept.points.map(({ value, woken }) => [value, woken.messages])).toEqual([
    [10, 4],
    [20, 2],
    [50, 0],
  ]);
  expect(swept.before).toBe(20);
});
