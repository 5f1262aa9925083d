import fc from "fast-check";
import { stringify } from "yaml";

/** Labels of random alerts, and values of which some meet the matchers below. */
export const randomLabels: Readonly<Record<string, readonly string[]>> = {
  severity: ["", "critical", "warning", "Critical"],
  depot: ["", "a", "ab", "b-1", "a\nb", "north", "north-2"],
  team: ["", "x", "xy", "yx", "x.y"],
};

const values: Readonly<Record<string, readonly string[]>> = {
  severity: ["critical", "warning", ""],
  depot: ["a", "north", ""],
  team: ["x", "x.y"],
};
const regexes: Readonly<Record<string, readonly string[]>> = {
  severity: ["critical|warning", ".+", "(?i)CRITICAL", "c.*", ".*"],
  depot: ["a.*", "north(-\\d+)?", "[^a]+", ".*", "(?s).*", "a|b", "\\w+", ".*\\bb", "", "..?"],
  team: ["x.*", ".*y", "x.y", "x\\.y", "[xy]{2}", "(x|y)+", "^x$", ".*"],
};

const matcher = fc.constantFrom(...Object.keys(values)).chain((label) =>
  fc.oneof(
    fc
      .tuple(fc.constantFrom("=", "!="), fc.constantFrom(...(values[label] ?? [])))
      .map((parts) => [label, ...parts] as const),
    fc
      .tuple(fc.constantFrom("=~", "!~"), fc.constantFrom(...(regexes[label] ?? [])))
      .map((parts) => [label, ...parts] as const),
  ),
);

/** A matcher in the new form, or in the old ones. */
const conditions = fc.array(matcher, { maxLength: 2 }).chain((all) => {
  const lines = all.map(([label, operator, value]) => `${label}${operator}${JSON.stringify(value)}`);
  const [first] = all;
  const old =
    first === undefined || first[1].startsWith("!")
      ? { matchers: lines }
      : { [first[1] === "=" ? "match" : "match_re"]: { [first[0]]: first[2] }, matchers: lines.slice(1) };
  return fc.constantFrom({ matchers: lines }, { matchers: [`{${lines.join(", ")}}`] }, old);
});

/** Names of receivers; the last has no integrations. */
export const receiverNames = ["r0", "r1", "r2", "r3", "nobody"];
const intervals = fc.constantFrom<Record<string, unknown>>(
  {},
  {},
  {},
  { mute_time_intervals: ["nights"] },
  { active_time_intervals: ["work"] },
  { active_time_intervals: ["work", "nights"] },
  { mute_time_intervals: ["weekend", "ends"] },
);

/** A route with others below it, so many deep. */
function routeOver(depth: number): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .record({
      conditions,
      intervals,
      receiver: fc.option(fc.constantFrom(...receiverNames), { nil: undefined }),
      continue: fc.boolean(),
      routes: depth === 0 ? fc.constant([]) : fc.array(routeOver(depth - 1), { maxLength: 3 }),
    })
    .map(({ conditions: own, intervals: times, ...rest }) => ({ ...own, ...times, ...rest }));
}

const timeIntervals = [
  {
    name: "nights",
    time_intervals: [
      { times: [{ start_time: "22:00", end_time: "24:00" }], location: "Europe/Berlin" },
      { times: [{ start_time: "00:00", end_time: "06:00" }], location: "Europe/Berlin" },
    ],
  },
  {
    name: "work",
    time_intervals: [
      {
        weekdays: ["monday:friday"],
        times: [{ start_time: "06:00", end_time: "22:00" }],
        location: "Europe/Berlin",
      },
    ],
  },
  { name: "weekend", time_intervals: [{ weekdays: ["saturday", "sunday"], location: "America/New_York" }] },
  {
    name: "ends",
    time_intervals: [{ days_of_month: ["-2:-1"], months: ["march", "10:11"], years: ["2026"] }],
  },
];

/** Random configurations of Alertmanager with routes of all kinds, as text. */
export const randomConfiguration = fc
  .record({
    receiver: fc.constantFrom(...receiverNames),
    routes: fc.array(routeOver(2), { minLength: 1, maxLength: 5 }),
  })
  .map((root) =>
    stringify({
      route: JSON.parse(JSON.stringify(root)) as unknown,
      receivers: receiverNames.map((name) =>
        name === "nobody" ? { name } : { name, webhook_configs: [{ url: "http://127.0.0.1:9/" }] },
      ),
      time_intervals: timeIntervals,
    }),
  );

/** All label sets of some values. */
export function allLabelSets(
  labels: Readonly<Record<string, readonly string[]>> = randomLabels,
): readonly Readonly<Record<string, string>>[] {
  return Object.entries(labels).reduce<Record<string, string>[]>(
    (sets, [name, each]) => sets.flatMap((set) => each.map((value) => ({ ...set, [name]: value }))),
    [{}],
  );
}
