import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promtool } from "../support/promtool";
import { describeWith } from "../support/require-program";
import { renderRuleFiles, ruleSettings } from "../support/rule-settings";
import { temporaryFolder } from "../support/temporary-folder";

jest.setTimeout(300_000);

const hour = 60;
const day = 24 * hour;
/** Nine days, of a minute each step: a week that all can be compared with, and two days to look at. */
const end = 9 * day;

/** What became of a service, minute by minute. */
interface Story {
  /** Requests per second in a minute. */
  readonly rate: (minute: number) => number;
  /** Whether it answers scrapes. Default: always. */
  readonly isUp?: (minute: number) => boolean;
  /** Whether its process begins anew in a minute, with its counters at 0. Default: never. */
  readonly restarts?: (minute: number) => boolean;
  /** Whether Prometheus runs. Default: always. */
  readonly isWatched?: (minute: number) => boolean;
}

const within = (from: number, to: number) => (minute: number) => minute >= from && minute < to;
const hourOf = (minute: number) => (minute % day) / hour;
/** Twenty requests a second by day; at ten in the evening they go to bed within a quarter of an hour, until six. */
const byDay = (minute: number) => (hourOf(minute) >= 6 && hourOf(minute) < 22 ? 20 : 0.2);
const fallsAt = 7 * day + 20 * hour;
const noon = 8 * day + 12 * hour;

const quiet: Readonly<Record<string, Story>> = {
  night: { rate: byDay },
  // There is a request now and then, by night and day.
  rare: { rate: (minute) => (minute % 30 === 0 ? 1 : 0) },
  // Of the week before nobody knows.
  "new-service": {
    rate: (minute) => (minute < 6 * day ? 0 : minute < noon ? 20 : 0),
    isWatched: (minute) => minute >= 6 * day,
  },
  // Each seventh day hardly anybody comes.
  "day-of-rest": { rate: (minute) => (Math.floor(minute / day) % 7 === 1 ? 0.5 : 20) },
  // The day begins as others, but with nobody: it did not fall.
  holiday: { rate: (minute) => (minute >= 8 * day ? 0.2 : byDay(minute)) },
  "service-restarted": {
    rate: () => 20,
    isUp: (minute) => !within(noon, noon + 3)(minute),
    restarts: (minute) => minute === noon + 3,
  },
  "prometheus-restarted": { rate: () => 20, isWatched: (minute) => !within(noon, noon + 20)(minute) },
  "prometheus-restarted-with-the-service": {
    rate: () => 20,
    isWatched: (minute) => !within(noon, noon + 90)(minute),
    restarts: (minute) => minute === noon + 90,
  },
  down: { rate: (minute) => (minute < noon ? 20 : 0), isUp: (minute) => minute < noon },
  "a-fifth-left": { rate: (minute) => (minute < noon ? 20 : 4) },
  "gone-for-minutes": { rate: (minute) => (within(noon, noon + 5)(minute) ? 0 : 20) },
};

const told: Readonly<Record<string, Story>> = {
  // From the evening on, through the night, until noon.
  gone: { rate: (minute) => (within(fallsAt, noon)(minute) ? 0 : byDay(minute)) },
  // Somebody starts it again meanwhile.
  "gone-and-restarted": {
    rate: (minute) => (within(fallsAt, noon)(minute) ? 0 : byDay(minute)),
    isUp: (minute) => minute !== fallsAt + 30,
    restarts: (minute) => minute === fallsAt + 31,
  },
  // Probes go on.
  "all-but-probes": { rate: (minute) => (within(fallsAt, noon)(minute) ? 4 / 60 : byDay(minute)) },
};

function inputOf(service: string, { rate, isUp, restarts, isWatched }: Story) {
  const own = `service="${service}", job="${service}"`;
  let count = 0;
  const samples = Array.from({ length: end }, (_, minute) => {
    if (restarts?.(minute) === true) count = 0;
    count += 60 * rate(minute);
    const answers = isUp?.(minute) ?? true;
    const seen = isWatched?.(minute) ?? true;
    return { count: seen && answers ? count.toFixed(3) : "_", up: seen ? String(Number(answers)) : "_" };
  });
  return [
    {
      series: `http_requests_total{${own}, status_code="200"}`,
      values: samples.map((each) => each.count).join(" "),
    },
    { series: `up{${own}}`, values: samples.map((each) => each.up).join(" ") },
  ];
}

describeWith([promtool], "traffic that stays away, by promtool test rules", () => {
  const folder = temporaryFolder();
  const stories = { ...quiet, ...told };
  /** How many minutes each critical alert fired, and when it began and ended, in minutes from the start. */
  const fired = new Map<string, Readonly<Record<"minutes" | "began" | "ended", number>>>();

  beforeAll(() => {
    const work = folder();
    const services = Object.keys(stories);
    const files = renderRuleFiles({ ...ruleSettings, services, publicServices: services });
    writeFileSync(join(work, "services.yml"), files["services.yml"] ?? "");
    const firing = (service: string) =>
      `ALERTS{alertname="TrafficGone", severity="critical", alertstate="firing", service="${service}"}`;
    const asked = services.flatMap((service) => {
      const minutes = `[${String(end)}m:1m]`;
      return [
        `sum(count_over_time(${firing(service)}${minutes})) or vector(0)`,
        `sum(min_over_time(timestamp(${firing(service)})${minutes})) / 60 or vector(0)`,
        `sum(max_over_time(timestamp(${firing(service)})${minutes})) / 60 or vector(0)`,
      ];
    });
    const test = {
      interval: "1m",
      input_series: Object.entries(stories).flatMap(([service, story]) => inputOf(service, story)),
      // None has so many: promtool says what it found instead.
      promql_expr_test: asked.map((expr) => ({
        expr,
        eval_time: `${String(end)}m`,
        exp_samples: [{ labels: "{}", value: -1 }],
      })),
    };
    const tests = { rule_files: ["services.yml"], evaluation_interval: "1m", tests: [test] };
    writeFileSync(join(work, "tests.yml"), JSON.stringify(tests));
    const { stdout, stderr } = spawnSync("promtool", ["test", "rules", "tests.yml"], {
      cwd: work,
      encoding: "utf8",
      maxBuffer: 100_000_000,
    });
    const found = [...(stdout + stderr).matchAll(/got: \{\} (\S+)/g)].map(([, value]) => Number(value));
    if (found.length !== asked.length) throw new Error((stdout + stderr).slice(0, 5_000));
    services.forEach((service, index) => {
      const [minutes = NaN, began = NaN, ended = NaN] = found.slice(3 * index);
      fired.set(service, { minutes, began, ended });
    });
  });

  it.each(Object.keys(quiet))("keeps still: %s", (service) => {
    expect(fired.get(service)).toEqual({ minutes: 0, began: 0, ended: 0 });
  });

  it.each(Object.keys(told))("tells, and goes on telling: %s", (service) => {
    const { minutes = 0, began = 0, ended = 0 } = fired.get(service) ?? {};
    // The rates of 5 minutes, and 6 in which they must be so.
    expect(began - fallsAt).toBeGreaterThan(6);
    expect(began - fallsAt).toBeLessThanOrEqual(12);
    // A minute of traffic is a fifth of 5 minutes; it stays for 6 more.
    expect(ended - noon).toBeGreaterThan(0);
    expect(ended - noon).toBeLessThanOrEqual(10);
    expect(minutes).toBe(ended - began + 1);
  });
});
