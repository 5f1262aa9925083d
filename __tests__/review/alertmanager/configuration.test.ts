import { loadEnvironments } from "../../../environments";
import { readConfiguration } from "../../../review/alertmanager/configuration";
import { parseMatchers } from "../../../review/alertmanager/parse-matchers";
import { uploadedFiles } from "../../support/stack-files";

const read = (text: string) => () => readConfiguration(text);

describe("a configuration of Alertmanager, as text", () => {
  it.each(loadEnvironments(undefined).map(({ name }) => name))("of %s is read", (environment) => {
    const files = uploadedFiles(environment, "alertmanager", "alertmanager", loadEnvironments);
    const { route, receivers } = readConfiguration(files["/etc/alertmanager/alertmanager.yml"] ?? "");
    expect(receivers.get(route.receiver)?.integrations).not.toEqual([]);
  });

  it("hands down what a route does not say, but for its time intervals", () => {
    const { route } = readConfiguration(`
route:
  receiver: a
  group_by: [depot]
  group_wait: 1m30s
  routes:
    - match: { depot: north }
      match_re: { parcel: "x|y" }
      repeat_interval: 1h
      group_by: [...]
      mute_time_intervals: [nights]
      routes: [{ matchers: ['{carrier!=""}'], continue: yes }]
receivers: [{ name: a, slack_configs: [{}, { send_resolved: true }], webhook_configs: [{}] }]
mute_time_intervals: [{ name: nights, time_intervals: [{ days_of_month: ["-3:-1"], months: ["May:7"] }] }]
`);
    expect(route).toMatchObject({ groupBy: ["depot"], groupWait: 90_000, groupInterval: 300_000 });
    const [north] = route.routes;
    expect(north).toMatchObject({
      key: '{}/{depot="north",parcel=~"x|y"}',
      groupBy: "all",
      repeatInterval: 3_600_000,
      muteTimeIntervals: ["nights"],
    });
    expect(north?.routes[0]).toMatchObject({
      groupBy: "all",
      continues: true,
      muteTimeIntervals: [],
      receiver: "a",
    });
  });

  it("gives each kind of integration its own default of telling what is over", () => {
    const { receivers } = readConfiguration(`
route: { receiver: a }
receivers: [{ name: a, slack_configs: [{}, { send_resolved: true }], webhook_configs: [{}], email_configs: [{}] }]
`);
    expect(receivers.get("a")?.integrations).toEqual([
      { kind: "webhook_configs", index: 0, sendResolved: true },
      { kind: "email_configs", index: 0, sendResolved: false },
      { kind: "slack_configs", index: 0, sendResolved: false },
      { kind: "slack_configs", index: 1, sendResolved: true },
    ]);
  });

  it("tells all that is wrong at once, with its place", () => {
    expect(
      read(`
route:
  receiver: b
  group_wait: soon
  routes:
    - matchers: ['depot=~"("']
      colour: red
      active_time_intervals: [never]
receivers:
  - name: a
  - name: a
time_intervals:
  - name: odd
    time_intervals: [{ location: Mars/Base, times: [{ start_time: "9:00", end_time: "10:00" }] }]
`),
    ).toThrow(
      /^8 problems[^]*yml:3:13: receiver: found "b", allowed: one of the receivers: a\n[^]*:4:15: group_wait: found "soon"/,
    );
  });

  it.each([
    ['a="b"', ["a", "=", "b"]],
    ["a=b", ["a", "=", "b"]],
    ['{ a =~ "b,c|d" , }', ["a", "=~", "b,c|d"]],
    ['"a b"!~"c"', ["a b", "!~", "c"]],
    ['a="say \\"x\\"\\n"', ["a", "=", 'say "x"\n']],
    ["a=~b.*|c", ["a", "=~", "b.*|c"]],
    ["a=", ["a", "=", ""]],
    ["a=it's", ["a", "=", "it's"]],
  ])("reads the matcher %s", (line, [label, operator, value]) => {
    expect(parseMatchers(line)).toEqual({ matchers: [{ label, operator, value }] });
  });

  it.each(["a", 'a="b', 'a~"b"', 'a="b"c"'])("refuses %s", (line) => {
    expect(parseMatchers(line)).toHaveProperty("problem");
  });
});
