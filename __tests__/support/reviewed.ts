import { curveOf } from "../../review/page/curve";
import type {
  AlertChange,
  AlertSide,
  AlertsPart,
  ShownMessage,
  Tally,
  Timeline,
} from "../../review/page/data/alerts";
import type { CostPart } from "../../review/page/data/cost";
import type { ImpactFinding, ImpactPart } from "../../review/page/data/impact";
import type { LooksPart, Picture } from "../../review/page/data/looks";
import type { Review } from "../../review/page/data/review";
import { hostileTexts } from "./hostile-alerts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** 1 November 2026, midnight in Berlin. */
export const from = Date.parse("2026-11-01T00:00:00+01:00");
const days = 28;
export const to = from + days * dayMs - 1;

export function tally(messages: number, resolved = 0, night = 0): Tally {
  return { messages, resolved, night };
}

export function alertSide(
  expression: string,
  firings: number,
  told: Tally,
  receivers: readonly string[],
): AlertSide {
  return { expression, firings, firingSeconds: firings * 1_140, told, receivers };
}

/** A wave with peaks in the evenings, and a gap on the tenth day. */
function wave(factor: number) {
  const times = Array.from({ length: days * 24 * 4 }, (_, index) => from + (index * hourMs) / 4);
  const values = times.map((time) => {
    const day = (time - from) / dayMs;
    if (day > 10 && day < 10.4) return NaN;
    return (
      factor *
      (0.3 +
        0.25 * Math.sin(day * 2 * Math.PI) ** 4 +
        0.08 * Math.sin(day * 53) +
        (day > 21 && day < 21.2 ? 0.9 : 0))
    );
  });
  return curveOf(times, values, { from, to });
}

function timeline(labels: string, firingsBefore: number, firingsAfter: number): Timeline {
  const firings = (many: number) =>
    Array.from({ length: many }, (_, index) => {
      const firedAt = from + (index + 0.8) * (many > 6 ? dayMs * 0.97 : dayMs * 7);
      return {
        activeAt: firedAt - 5 * 60_000,
        firedAt,
        resolvedAt: index === 20 ? null : firedAt + 3 * hourMs,
      };
    });
  const messages = (many: number) =>
    firings(many).flatMap(({ firedAt, resolvedAt }) => [
      { time: firedAt + 20_000, receiver: "pager", status: "firing" as const },
      ...(resolvedAt === null
        ? []
        : [{ time: resolvedAt + 20_000, receiver: "pager", status: "resolved" as const }]),
    ]);
  return {
    labels,
    from,
    to,
    unit: " s",
    before: {
      curve: wave(1),
      threshold: 1,
      firings: firings(firingsBefore),
      messages: messages(firingsBefore),
    },
    after: {
      curve: wave(1),
      threshold: 0.5,
      firings: firings(firingsAfter),
      messages: messages(firingsAfter),
    },
  };
}

const slow: AlertChange = {
  alert: "ParcelsSlow",
  severity: "critical",
  change: "changed",
  what: ["threshold 1 → 0.5", "for 5m → 10m"],
  source: "shop/alerts/parcels.ts",
  before: alertSide(
    'histogram_quantile(0.95, sum by (service, le) (rate(parcel_seconds_bucket{job="parcels"}[5m]))) > 1',
    3,
    tally(6, 3, 0),
    ["pager", "team-parcels"],
  ),
  after: alertSide(
    'histogram_quantile(0.95, sum by (service, le) (rate(parcel_seconds_bucket{job="parcels"}[5m]))) > 0.5',
    24,
    tally(65, 24, 12),
    ["pager", "team-parcels", "night-watch"],
  ),
  timelines: [timeline('service="parcels"', 3, 24), timeline('service="payments"', 0, 2)],
};

const alerts: readonly AlertChange[] = [
  slow,
  {
    alert: "PaymentsRefused",
    severity: "warning",
    change: "new",
    what: [],
    before: undefined,
    after: alertSide('sum(rate(payments_total{state="refused"}[5m])) > 0.1', 2, tally(4, 2, 1), [
      "team-payments",
    ]),
    timelines: [],
  },
  {
    alert: "ParcelsLost",
    severity: "critical",
    change: "gone",
    what: [],
    before: alertSide("increase(parcels_lost_total[1h]) > 0", 1, tally(2, 1, 0), ["pager"]),
    after: undefined,
    timelines: [],
  },
  {
    alert: "DiskFull",
    severity: "warning",
    change: "same",
    what: [],
    before: alertSide("disk_free_bytes < 1e9", 2, tally(4, 2, 0), ["team-parcels"]),
    after: alertSide("disk_free_bytes < 1e9", 2, tally(4, 2, 0), ["team-parcels"]),
    timelines: [timeline("", 2, 2)],
  },
];

const messages: readonly ShownMessage[] = [
  {
    alert: "ParcelsSlow",
    receiver: "pager",
    change: "changed",
    before: {
      time: from + 3 * dayMs,
      title: "[FIRING] Parcels are slow",
      text: "95 % take less than 1.2 s.\nMore than 1 s is too long.\nRunbook: docs/runbooks/ParcelsSlow.md",
    },
    after: {
      time: from + 3 * dayMs,
      title: "[FIRING] Parcels are slow",
      text: "95 % take less than 0.7 s.\nMore than 0.5 s is too long.\nRunbook: docs/runbooks/ParcelsSlow.md",
      html: "<style>p { border-left: 4px solid #d33; padding-left: 8px; }</style><p>Parcels are <b>slow</b>.</p>",
    },
  },
  {
    alert: "PaymentsRefused",
    receiver: "team-payments",
    change: "new",
    before: undefined,
    after: { title: "Payments are refused", text: "More than usual." },
  },
];

export const alertsPart: AlertsPart = {
  receivers: [
    { receiver: "pager", audience: "wakes", before: tally(6, 3, 0), after: tally(65, 24, 12) },
    { receiver: "team-parcels", audience: "people", before: tally(10, 5, 1), after: tally(67, 26, 13) },
    { receiver: "team-payments", audience: "people", before: undefined, after: tally(4, 2, 1) },
    {
      receiver: "heartbeat",
      audience: "machine",
      before: tally(40_320, 0, 15_120),
      after: tally(40_320, 0, 15_120),
    },
  ],
  alerts,
  calendar: {
    days: Array.from({ length: days }, (_, day) =>
      new Date(Date.UTC(2026, 10, 1 + day)).toISOString().slice(0, 10),
    ),
    before: Array.from({ length: days }, (_, day) =>
      Array.from({ length: 24 }, (__, hour) => (day % 9 === 4 && hour === 14 ? 1 : 0)),
    ),
    after: Array.from({ length: days }, (_, day) =>
      Array.from({ length: 24 }, (__, hour) =>
        hour === 19 || (hour > 20 && day % 3 === 0) ? (day * 7 + hour) % 13 : 0,
      ),
    ),
  },
  untold: [
    {
      alert: "DiskSlow",
      severity: "warning",
      why: "inhibited",
      by: "DiskFull",
      before: 1,
      after: 2,
      first: from + dayMs,
    },
    {
      alert: "ParcelsQueue",
      severity: "warning",
      why: "muted",
      by: "working-hours",
      before: 0,
      after: 4,
      first: to - dayMs,
    },
  ],
  messages,
  sweep: {
    setting: "alerting.thresholds.latencyP95Warning",
    before: 1,
    after: 0.5,
    points: [0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.5, 2].map((value) => ({
      value,
      told: tally(Math.round(40 / value), 0, Math.round(8 / value)),
      woken: tally(Math.round(16 / value), 0, Math.round(3 / value)),
    })),
  },
  unknown: ["When Prometheus was down: 2 h on 11 Nov.", "Silences that somebody set."],
};

const findings: readonly ImpactFinding[] = [
  {
    verdict: "block",
    subject: { kind: "metric", name: "parcels_sent_total", change: "renamed", to: "parcels_shipped_total" },
    readers: [
      {
        where: "panel",
        name: "Parcels a minute",
        place: "Parcels › Parcels a minute › A",
        text: "sum(rate(parcels_sent_total[5m])) * 60",
        consequence: "will show nothing",
      },
      {
        where: "foreign rule",
        name: "NoParcels",
        place: "foreign/logistics/rules.yml:12",
        text: "absent(parcels_sent_total)",
        consequence: "fires all the time",
      },
    ],
    note: "The help and labels are the same: it is surely the same metric.",
  },
  {
    verdict: "warn",
    subject: { kind: "alert", name: "ParcelsLost", change: "gone" },
    readers: [
      {
        where: "runbook",
        name: "ParcelsLost",
        place: "docs/runbooks/ParcelsLost.md:1",
        text: "# ParcelsLost",
        consequence: "names what is not there",
      },
    ],
  },
  {
    verdict: "pass",
    subject: { kind: "label value", name: "state=lost", change: "gone" },
    readers: [],
    note: "Nobody read it.",
  },
];

export const impactPart: ImpactPart = { findings, notes: ["12 files of others were read."] };

/** A picture of stripes, of a kind that needs no program. */
function picture(colour: string): Picture {
  const bars = [0, 1, 2, 3, 4, 5]
    .map(
      (index) =>
        `<rect x="${String(20 + (index % 3) * 470)}" y="${String(20 + Math.floor(index / 3) * 290)}" width="450" height="270" fill="${colour}"/>`,
    )
    .join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1440" height="600"><rect width="1440" height="600" fill="#222"/>${bars}</svg>`;
  return {
    uri: `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`,
    width: 1_440,
    height: 600,
  };
}

export const looksPart: LooksPart = {
  dashboards: [
    {
      uid: "parcels",
      title: "Parcels",
      change: "changed",
      panels: [
        {
          title: "HTTP errors",
          change: "changed",
          what: ["query changed", "threshold 0.05 → 0.1"],
          before: { left: 1.4, top: 3.3, width: 31.2, height: 45 },
          after: { left: 1.4, top: 3.3, width: 31.2, height: 45 },
        },
        {
          title: "Parcels lost",
          change: "gone",
          what: [],
          before: { left: 34, top: 51.6, width: 31.2, height: 45 },
        },
        {
          title: "Refused payments",
          change: "new",
          what: [],
          after: { left: 66.6, top: 51.6, width: 31.2, height: 45 },
        },
      ],
      before: picture("#456"),
      after: picture("#465"),
    },
    { uid: "payments", title: "Payments", change: "new", panels: [] },
  ],
  messages: messages.slice(0, 1),
  routing: [
    {
      alert: "ParcelsSlow",
      labels: 'team="parcels", severity="critical"',
      before: [{ receiver: "pager" }, { receiver: "team-parcels" }],
      after: [{ receiver: "pager" }, { receiver: "night-watch", when: "Mon–Fri 22:00–7:00" }],
    },
    { alert: "ParcelsQueue", labels: "", before: [{ receiver: "team-parcels" }], after: [] },
  ],
  proofs: [
    {
      verdict: "proven",
      sentence: "Of the alerts that exist, no critical one reaches nobody, at any minute of a year.",
    },
    {
      verdict: "refuted",
      sentence:
        "ParcelsSlow of service parcels, severity critical, on Saturday 4 July 2026 at 22:00 Europe/Berlin, reaches nobody: its route is muted by nights.",
    },
  ],
  notes: [],
};

export const costPart: CostPart = {
  totals: [
    {
      source: "by the catalogue's bounds",
      before: { series: 12_400, samplesPerSecond: 826.7 },
      after: { series: 13_100, samplesPerSecond: 873.3 },
    },
    {
      source: "as the Prometheus has them",
      before: { series: 11_871, samplesPerSecond: 791.4 },
      after: undefined,
    },
  ],
  jobs: [
    {
      name: "parcels",
      before: { series: 4_000, samplesPerSecond: 266 },
      after: { series: 4_700, samplesPerSecond: 313 },
    },
    {
      name: "payments",
      before: { series: 8_400, samplesPerSecond: 560 },
      after: { series: 8_400, samplesPerSecond: 560 },
    },
  ],
  metrics: [
    {
      name: "parcel_seconds_bucket",
      before: { series: 1_200, samplesPerSecond: 80 },
      after: { series: 1_900, samplesPerSecond: 126 },
    },
  ],
  money: [{ engine: "Amazon Managed Prometheus", before: 214.31, after: 226.4 }],
  unused: [{ metric: "go_gc_duration_seconds", job: "parcels", series: 20, samplesPerSecond: 1.33 }],
  relabelling: [
    {
      job: "parcels",
      yaml: "metric_relabel_configs:\n  - source_labels: [__name__]\n    regex: go_gc_duration_seconds\n    action: drop\n",
      series: 0.0015,
      samples: 0.0016,
    },
  ],
  notes: ["Prices are those of eu-central-1."],
};

/** A review that has something of everything. */
export const review: Review = {
  format: 1,
  made: {
    environment: "prod",
    before: "main (7ce3b9f)",
    after: "working tree",
    zone: "Europe/Berlin",
    past: { source: "Prometheus at http://prometheus.example:9090", from, to },
    tried: ["alerting.thresholds.latencyP95Warning=0.5"],
    command: "npm run review -- --base main --environment prod --since 28d",
    at: to + hourMs,
    took: [
      { what: "versions", seconds: 12 },
      { what: "alerts", seconds: 94 },
      { what: "pictures", seconds: 21 },
    ],
  },
  alerts: alertsPart,
  impact: impactPart,
  looks: looksPart,
  cost: costPart,
};

const hostile = Object.values(hostileTexts);

/** A value in which each text is another one: what comes of texts that nobody thought of, and lists of numbers stay. */
export function withTexts<T>(value: T, text: (index: number) => string): T {
  let index = 0;
  const kept = new Set(["change", "why", "audience", "verdict", "status", "zone", "format", "uri", "html"]);
  const visit = (each: unknown, key: string): unknown => {
    if (typeof each === "string")
      return kept.has(key) || /^\d{4}-\d\d-\d\d$/.test(each) ? each : text(index++);
    if (Array.isArray(each)) return each.map((item) => visit(item, key));
    if (typeof each !== "object" || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([name, item]) => [name, visit(item, name)]));
  };
  return visit(value, "") as T;
}

/** A review all of whose texts are hostile. */
export function hostileReview(): Review {
  return withTexts(review, (index) => hostile[index % hostile.length] ?? "");
}

/** A review of as much as a great system has. */
export function hugeReview(): Review {
  const times = <T>(many: number, make: (index: number) => T) =>
    Array.from({ length: many }, (_, index) => make(index));
  const picture = { uri: `data:image/png;base64,${"A".repeat(400_000)}`, width: 1_440, height: 2_000 };
  return {
    ...review,
    alerts: {
      ...alertsPart,
      receivers: times(200, (index) => ({
        receiver: `team-${String(index)}`,
        audience: "people",
        before: tally(index),
        after: tally(index * 2, 0, index),
      })),
      alerts: times(150, (index) => ({
        ...slow,
        alert: `ParcelsSlow${String(index)}`,
        change: (["new", "gone", "changed", "same"] as const)[index % 4] ?? "same",
      })),
      messages: times(300, (index) => ({
        alert: `ParcelsSlow${String(index)}`,
        receiver: "pager",
        change: "changed",
        before: { title: "slow", text: "before\n".repeat(60) },
        after: { title: "slow", text: "after\n".repeat(60), html: "<p>after</p>".repeat(200) },
      })),
    },
    impact: {
      ...impactPart,
      findings: times(600, (index) => ({
        verdict: (["block", "warn", "pass"] as const)[index % 3] ?? "pass",
        subject: { kind: "metric", name: `parcels_${String(index)}_total`, change: "gone" },
        readers: findings[0]?.readers ?? [],
      })),
    },
    looks: {
      ...looksPart,
      dashboards: times(12, (index) => ({
        uid: `parcels-${String(index)}`,
        title: `Parcels ${String(index)}`,
        change: "changed",
        panels: [],
        before: picture,
        after: picture,
      })),
      routing: times(500, (index) => ({
        alert: `ParcelsSlow${String(index)}`,
        labels: 'severity="critical"',
        before: [{ receiver: "pager" }],
        after: [{ receiver: "night-watch" }],
      })),
    },
  };
}
