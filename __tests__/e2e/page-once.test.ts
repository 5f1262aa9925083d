import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { slowAlertsLookBack } from "../../alerts/rules/recent-faults";
import { secondsOf } from "../../alerts/durations";
import { pagesOf } from "../../alerts/own-alerts";
import { promptAlerts, rememberedFaults, slowAlerts } from "../../alerts/routing/page-once";
import { promtool } from "../support/promtool";
import { describeWith } from "../support/require-program";
import { alertsOf } from "../support/rule-cases";
import { renderRuleFiles, ruleSettings } from "../support/rule-settings";
import { system } from "../support/system";
import { temporaryFolder } from "../support/temporary-folder";

jest.setTimeout(120_000);

const step = 30;
/** The rules that are about a service. */
const files = ["services.yml", "objectives.yml", "business.yml"];

/** So many minutes in which a service answers a request a second: that share with errors, that share slowly. */
interface Phase {
  readonly minutes: number;
  readonly errors?: number;
  readonly slow?: number;
  /** Whether it answers scrapes. Default true. */
  readonly up?: boolean;
  /** Whether its public URL answers as it should. Default: while it is up and answers none with errors. */
  readonly reached?: boolean;
}

/** The samples of a counter that grows by a share of a request a second. */
function counter(phases: readonly Phase[], share: (phase: Phase) => number): string {
  let count = 0;
  return phases
    .flatMap((phase) =>
      Array.from({ length: (phase.minutes * 60) / step }, () =>
        phase.up === false ? "_" : (count += step * share(phase)).toFixed(3),
      ),
    )
    .join(" ");
}

/** The service of the stories: it takes orders, one a request. */
const service = "order-service";

/** What a service exports in these phases. */
function inputOf(phases: readonly Phase[]) {
  const own = `service="${service}", job="${service}"`;
  const series = (name: string, labels: string, share: (phase: Phase) => number) => ({
    series: `${name}{${own}${labels}}`,
    values: counter(phases, share),
  });
  const bucket = (le: string, share: (phase: Phase) => number) =>
    series("http_request_duration_seconds_bucket", `, le="${le}"`, share);
  const requests = (status: string, share: (phase: Phase) => number) =>
    series("http_requests_total", `, status_code="${status}"`, share);
  const fast = ({ slow = 0 }: Phase) => 1 - slow;
  return [
    {
      series: `up{${own}}`,
      values: phases
        .map(({ minutes, up = true }) => `${up ? "1" : "0"}x${String((minutes * 60) / step - 1)}`)
        .join(" "),
    },
    {
      series: `probe_success{service="${service}", job="probe", instance="https://example.com"}`,
      values: phases
        .map(
          ({ minutes, up = true, errors = 0, reached = up && errors < 1 }) =>
            `${reached ? "1" : "0"}x${String((minutes * 60) / step - 1)}`,
        )
        .join(" "),
    },
    requests("200", ({ errors = 0 }) => 1 - errors),
    requests("500", ({ errors = 0 }) => errors),
    ...["0.25", "0.5", "1", "2.5"].map((le) => bucket(le, fast)),
    ...["5", "10", "+Inf"].map((le) => bucket(le, () => 1)),
    series("http_request_duration_seconds_count", "", () => 1),
    series("orders_total", "", () => 1),
    series("orders_failed_total", `, reason="internal_error"`, ({ errors = 0 }) => errors),
  ];
}

const firing = (names: readonly string[], severity: string) =>
  `max by (service) (ALERTS{alertname=~"${names.join("|")}", severity="${severity}", alertstate="firing", service="${service}"})`;
const pages = pagesOf(system.alerts);
const slow = firing(slowAlerts(pages), "critical");
const prompt = firing(promptAlerts(pages), "critical");
const [recentFault, recentErrors] = rememberedFaults(pages).map(({ alert }) => firing([alert], "none"));
const itself = recentFault ?? "";
const orders = firing(["OrdersFailing"], "critical");
/** What keeps orders that fail from being told. */
const ordersSilenced = `(${firing(["HighErrorRatio", "ServiceDown"], "critical")} or ${recentErrors ?? ""})`;

describeWith([promtool], "one fault, by promtool test rules", () => {
  const folder = temporaryFolder();

  /** In how many minutes of the story an expression has had a value, for each expression. */
  function minutesOf(
    phases: readonly Phase[],
    expressions: Readonly<Record<string, string>>,
  ): Record<string, number> {
    const work = folder();
    const all = renderRuleFiles({ ...ruleSettings, services: [service], publicServices: [service] });
    for (const name of files) writeFileSync(join(work, name), all[name] ?? "");
    const total = phases.reduce((sum, { minutes }) => sum + minutes, 0);
    const counted = Object.entries(expressions).map(([name, expr]) => ({
      name,
      expr: `sum(count_over_time((${expr})[${String(total)}m:30s])) / 2 or vector(0)`,
    }));
    const tests = {
      rule_files: files,
      evaluation_interval: `${String(step)}s`,
      tests: [
        {
          interval: `${String(step)}s`,
          input_series: inputOf(phases),
          promql_expr_test: counted.map(({ expr }) => ({
            expr,
            eval_time: `${String(total)}m`,
            // None has so many: promtool says what it found instead.
            exp_samples: [{ labels: "{}", value: -1 }],
          })),
        },
      ],
    };
    writeFileSync(join(work, "tests.yml"), JSON.stringify(tests));
    const { stdout, stderr } = spawnSync("promtool", ["test", "rules", "tests.yml"], {
      cwd: work,
      encoding: "utf8",
    });
    const found = [...(stdout + stderr).matchAll(/got: \{\} (\S+)/g)].map(([, value]) => Number(value));
    if (found.length !== counted.length) throw new Error(stdout + stderr);
    return Object.fromEntries(counted.map(({ name }, index) => [name, found[index] ?? NaN]));
  }

  const asked = {
    prompt,
    slow,
    slowAlone: `${slow} unless ${prompt}`,
    pagesTwice: `${slow} unless ${itself}`,
  };

  it.each<[string, readonly Phase[]]>([
    ["errors, with no history", [{ minutes: 20, errors: 1 }, { minutes: 90 }]],
    ["errors, after good hours", [{ minutes: 120 }, { minutes: 20, errors: 1 }, { minutes: 90 }]],
    ["slowness", [{ minutes: 60 }, { minutes: 30, slow: 1 }, { minutes: 90 }]],
    [
      "errors of a service that then is gone, and comes back",
      [{ minutes: 60 }, { minutes: 18, errors: 1 }, { minutes: 5, up: false }, { minutes: 90 }],
    ],
  ])("of %s is seen by a slow alert, too, even after the prompt one, and told once", (_, phases) => {
    const minutes = minutesOf(phases, asked);
    expect(minutes).toEqual({
      prompt: expect.any(Number) as number,
      slow: expect.any(Number) as number,
      slowAlone: expect.any(Number) as number,
      pagesTwice: 0,
    });
    expect(minutes.prompt).toBeGreaterThan(5);
    expect(minutes.slowAlone).toBeGreaterThan(5);
  });

  it.each<[string, readonly Phase[]]>([
    ["with no history", [{ minutes: 20, errors: 1 }, { minutes: 60 }]],
    ["after good hours", [{ minutes: 60 }, { minutes: 20, errors: 1 }, { minutes: 60 }]],
  ])("of a service that answers with errors is no second one of its orders, %s", (_, phases) => {
    const minutes = minutesOf(phases, {
      orders,
      ordersAlone: `${orders} unless ${firing(["HighErrorRatio"], "critical")}`,
      pagesTwice: `${orders} unless ${ordersSilenced}`,
    });
    expect(minutes.orders).toBeGreaterThan(15);
    expect(minutes.ordersAlone).toBeGreaterThan(2);
    expect(minutes.pagesTwice).toBe(0);
  });

  it.each<[string, readonly Phase[]]>([
    ["answers all with errors", [{ minutes: 60 }, { minutes: 20, errors: 1 }, { minutes: 60 }]],
    ["is down", [{ minutes: 60 }, { minutes: 20, up: false }, { minutes: 60 }]],
    // The probe is the last to see that it is back.
    [
      "is back, before its URL is",
      [{ minutes: 60 }, { minutes: 20, up: false }, { minutes: 2, reached: false }, { minutes: 60 }],
    ],
    [
      "is too slow for the probe",
      [{ minutes: 60 }, { minutes: 20, slow: 1, reached: false }, { minutes: 60 }],
    ],
  ])("of a service that %s is no second one of its probe", (_, phases) => {
    const own = firing(["ServiceDown", "HighErrorRatio", "HighLatency"], "critical");
    const minutes = minutesOf(phases, {
      own,
      pagesTwice: `${firing(["ProbeFailed"], "critical")} unless ${own}`,
      burnsToo: `${firing(["ReachabilityBudgetBurn"], "critical")} unless ${itself}`,
    });
    expect(minutes.own).toBeGreaterThan(15);
    expect(minutes).toMatchObject({ pagesTwice: 0, burnsToo: 0 });
  });

  it("of a service that only those outside cannot reach is told by its probe, and once", () => {
    const phases = [{ minutes: 60 }, { minutes: 30, reached: false }, { minutes: 60 }];
    const minutes = minutesOf(phases, { ...asked, probe: firing(["ProbeFailed"], "critical") });
    // Of 30 minutes it waits for three.
    expect(minutes.probe).toBeGreaterThanOrEqual(26.5);
    expect(minutes.probe).toBeLessThanOrEqual(27.5);
    expect(minutes.prompt).toBe(minutes.probe);
    expect(minutes.slow).toBeGreaterThan(15);
    expect(minutes.pagesTwice).toBe(0);
  });

  it("that a slow alert told first, and that grows, is told by a prompt one; the end of both is told", () => {
    const phases = [{ minutes: 120, errors: 0.04 }, { minutes: 20, errors: 1 }, { minutes: 60 }];
    const minutes = minutesOf(phases, { ...asked, silencing: `${itself} and ${slow}` });
    expect(minutes.prompt).toBeGreaterThan(5);
    expect(minutes.slow).toBeGreaterThan(60);
    expect(minutes.silencing).toBe(0);
  });

  it("that goes on below the prompt alert's limit is told by the slow one when that looks at what came after", () => {
    const phases = [{ minutes: 60 }, { minutes: 15, errors: 1 }, { minutes: 120, errors: 0.04 }];
    expect(minutesOf(phases, asked).pagesTwice).toBeGreaterThan(30);
  });
});

it("what is silenced looks back no further than the fault is remembered", () => {
  const windows = alertsOf(ruleSettings)
    .filter(
      ({ alert, severity }) => severity === "critical" && slowAlerts(pages).some((name) => name === alert),
    )
    .map(({ labels }) => secondsOf(labels?.short ?? "30m"));
  expect(windows.length).toBeGreaterThan(4);
  // The recorded rates look back 5 minutes themselves.
  expect(Math.max(...windows) + 300).toBeLessThanOrEqual(secondsOf(slowAlertsLookBack));
});
