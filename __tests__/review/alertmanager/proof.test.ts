import fc from "fast-check";
import type { Labels } from "../../../metrics/promql-engine/series";
import {
  readConfiguration,
  type Configuration,
  type Route,
} from "../../../review/alertmanager/configuration";
import { classesOf, classOf } from "../../../review/alertmanager/label-classes";
import { prove } from "../../../review/alertmanager/proof";
import { mutedBy, routesOf } from "../../../review/alertmanager/route";
import { allLabelSets, randomConfiguration } from "../../support/alertmanager-configurations";

const span = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2027, 0, 1) };
const hour = 3_600_000;

/** An hour of each day in turn, all minutes of the days on which clocks change, and minutes beside the bounds. */
const sampledMinutes = [
  ...Array.from({ length: 365 }, (_, day) => span.from + day * 24 * hour + ((day * 7) % 24) * hour),
  ...[Date.UTC(2026, 2, 29), Date.UTC(2026, 9, 25), Date.UTC(2026, 2, 8), Date.UTC(2026, 10, 1)].flatMap(
    (day) => Array.from({ length: 24 * 12 }, (_, index) => day + index * 5 * 60_000),
  ),
];

function tellsNobody(configuration: Configuration, route: Route, time: number): boolean {
  const isNobody = configuration.receivers.get(route.receiver)?.integrations.length === 0;
  return isNobody || mutedBy(route, configuration, time) !== undefined;
}

function reachesNobody(configuration: Configuration, labels: Labels, time: number): boolean {
  return routesOf(configuration.route, labels).every((route) => tellsNobody(configuration, route, time));
}

function configured(routes: string, receiver = "pager"): Configuration {
  return readConfiguration(`
route:
  receiver: ${receiver}
  routes:${routes === "" ? " []" : routes}
receivers:
  - name: pager
    pagerduty_configs: [{ routing_key: a }]
  - name: chat
    slack_configs: [{ api_url: "http://127.0.0.1", channel: "#a" }]
  - name: nobody
time_intervals:
  - name: nights
    time_intervals: [{ times: [{ start_time: "22:00", end_time: "24:00" }], location: Europe/Berlin }]
  - name: days
    time_intervals: [{ times: [{ start_time: "00:00", end_time: "22:00" }], location: Europe/Berlin }]
  - name: utc-days
    time_intervals: [{ times: [{ start_time: "00:00", end_time: "21:00" }] }]
`);
}

describe("the proof that no critical alert reaches nobody", () => {
  it("finds what a search through all labels and many minutes finds, and nothing else", () => {
    let [proven, refuted] = [0, 0];
    fc.assert(
      fc.property(randomConfiguration, (text) => {
        const configuration = readConfiguration(text);
        const proof = prove(configuration, { span });
        if (proof.kind === "not proven") throw new Error(proof.why);
        const critical = allLabelSets().filter(({ severity }) => severity === "critical");
        if (proof.kind === "refuted") {
          refuted += 1;
          for (const { labels, time } of proof.holes) {
            expect([labels.severity, reachesNobody(configuration, labels, time)]).toEqual(["critical", true]);
          }
        } else proven += 1;
        const tells = new Map<Route, readonly boolean[]>();
        const minutesOf = (route: Route) => {
          const known =
            tells.get(route) ?? sampledMinutes.map((time) => !tellsNobody(configuration, route, time));
          tells.set(route, known);
          return known;
        };
        const found = critical.find((labels) => {
          const minutes = routesOf(configuration.route, labels).map(minutesOf);
          return sampledMinutes.some((_, index) => !minutes.some((each) => each[index]));
        });
        expect(found === undefined || proof.kind === "refuted").toBe(true);
      }),
      { numRuns: 80, seed: 19 },
    );
    expect(Math.min(proven, refuted)).toBeGreaterThan(10);
  });

  it("knows of each value of a label which answers its matchers give together", () => {
    const matchers = ["a.*", "(?i)north|k", "[^a]+", ".*\\bb", "\\pL+", "x{2,3}", "^$|b"].map((value) => ({
      label: "depot",
      operator: "=~" as const,
      value,
    }));
    const classes = classesOf(matchers);
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("K", "NORTH", "xx", "a b", "a\nb")),
        (value) => {
          expect(classOf(classes, value)).not.toBe(-1);
        },
      ),
      { numRuns: 2000, seed: 19 },
    );
    // Of 128 sets of answers.
    expect(classes.classes.length).toBeLessThan(60);
  });

  const holes: readonly [string, string, string][] = [
    [
      "a receiver of nobody",
      ` [{ receiver: nobody, matchers: ['depot="b"'] }]`,
      "depot b, severity critical, at any time, reaches nobody: the route",
    ],
    [
      "a regular expression that takes one value more",
      ` [{ receiver: chat, matchers: ['depot=~"north-[0-9]+"'] }, { receiver: nobody, matchers: ['depot=~"north-.*[0-8]x?"'] }]`,
      "depot north-",
    ],
    [
      "nights that nothing else takes",
      ` [{ receiver: chat, matchers: ['severity="critical"'], mute_time_intervals: [nights] }]`,
      'at 22:00 Europe/Berlin, reaches nobody: the route {severity="critical"} to chat (line 4) is muted by nights',
    ],
    [
      "an hour of summer time",
      // In winter 21:00 UTC is 22:00 in Berlin; in summer it is 23:00, so that an hour is missing before it.
      ` [{ receiver: chat, continue: true, mute_time_intervals: [nights] }, { receiver: pager, mute_time_intervals: [utc-days] }]`,
      "on Sunday 29 March 2026 at 22:00 Europe/Berlin",
    ],
    [
      "active intervals that leave the night out",
      ` [{ receiver: chat, active_time_intervals: [days] }]`,
      "tells within days only",
    ],
    [
      "what a deeper route takes away",
      ` [{ receiver: pager, matchers: ['severity="critical"'], routes: [{ receiver: nobody, matchers: ['team!~"x|y"'] }] }]`,
      "leads to nobody",
    ],
  ];

  it.each(holes)("finds %s", (_, routes, sentence) => {
    const proof = prove(configured(routes), { span });
    expect(proof).toMatchObject({ kind: "refuted" });
    expect(proof.kind === "refuted" ? proof.holes.map((hole) => hole.sentence).join("\n") : "").toContain(
      sentence,
    );
  });

  it("proves what has no hole, and says how much that is", () => {
    const routes = ` [{ receiver: chat, matchers: ['severity="critical"', 'depot=~"a.*"'], continue: true, active_time_intervals: [days] }, { receiver: pager, matchers: ['severity="critical"'] }]`;
    expect(prove(configured(routes), { span })).toEqual({
      kind: "proven",
      labelClasses: 2,
      minutes: 525_600,
    });
  });

  it("is about the alerts that there are, where these are given", () => {
    const configuration = configured(` [{ receiver: nobody, matchers: ['depot="b"'] }]`);
    const known = [{ alertname: "ParcelsLate", severity: "critical", depot: ["a", "c"] }];
    expect(prove(configuration, { span, known })).toMatchObject({ kind: "proven" });
    const more = [
      ...known,
      { alertname: "ParcelsLost", severity: ["warning", "critical"], depot: undefined },
    ];
    expect(prove(configuration, { span, known: more })).toMatchObject({
      kind: "refuted",
      holes: [{ labels: { alertname: "ParcelsLost", severity: "critical", depot: "b" } }],
    });
  });

  it("says that it cannot decide where the automata grow too large, in place of guessing", () => {
    const regexes = Array.from({ length: 18 }, (_, index) => `(.*${String.fromCharCode(97 + index)}.{12})`);
    const routes = regexes
      .map((value) => `\n    - { receiver: chat, matchers: ['depot=~"${value}"'] }`)
      .join("");
    expect(prove(configured(routes), { span })).toEqual({
      kind: "not proven",
      why: expect.stringContaining("too many states") as string,
    });
  });
});
