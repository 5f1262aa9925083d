import { isOfAgent, isOfLines } from "../../constructs/cloudwatch/alarm-kind";
import { namedAlarmKinds } from "../../constructs/cloudwatch/alarm-kinds";
import { subscribersOf } from "../../environments/subscribers";
import { edited, type Edit } from "../support/edit";
import { problems, problemsOf } from "../support/environment-problems";
import { parseEnvironment } from "../support/environments";
import { local } from "../support/environments/local";
import { prod } from "../support/environments/prod";

const noReader =
  "found nobody who is told of warning alarms: of slack-team, discord-alerts none gets mails, " +
  'allowed: a list of 1 to 100 subscriptions, such as { protocol: "email", address: "…" }; or { nobody: "<why>" } where nobody is told';
const url = { secret: "cloudwatch_heartbeat_url" };
const withoutHeartbeat = prod.alerting.receivers.filter(({ kind }) => kind !== "heartbeat");

describe("what nobody feeds or nobody reads is one line with path, found and allowed", () => {
  it.each<[string, Edit[], string]>([
    [
      "a log group that nobody sends to",
      [["logShipper", undefined]],
      "logShipper: found nothing, allowed: {}, which sends lines to cloudwatch.logs, or cloudwatch.logs.sentBy with what else does",
    ],
    [
      "a log shipper that sends nowhere",
      [["cloudwatch.logs.sentBy", "awslogs driver of the hosts"]],
      "logShipper: found a log shipper that sends lines nowhere, allowed: nothing, or somewhere to send them: cloudwatch.logs without sentBy, or loki",
    ],
    [
      "a Loki that nobody sends to",
      [
        ["loki", {}],
        ["logShipper", undefined],
        ["cloudwatch.logs.sentBy", "awslogs driver of the hosts"],
      ],
      "logShipper: found nothing, allowed: {}, which sends lines to Loki",
    ],
    [
      "a log group that a blank sends to",
      [
        ["logShipper", undefined],
        ["cloudwatch.logs.sentBy", " "],
      ],
      `cloudwatch.logs.sentBy: found " ", allowed: what sends the lines`,
    ],
    [
      "an alarm on lines that nobody sends",
      [
        ["cloudwatch.logs", undefined],
        ["logShipper", undefined],
      ],
      "cloudwatch.alarms.errorLines: found an alarm on lines that nobody sends, allowed: nothing, or cloudwatch.logs with what sends lines",
    ],
    [
      "lines without the alarm on them",
      [["cloudwatch.alarms.errorLines", undefined]],
      "cloudwatch.alarms.errorLines: found nothing, allowed: its settings, as lines are sent (cloudwatch.logs)",
    ],
    [
      "a topic without a subscription",
      [["cloudwatch.subscriptions.warning", []]],
      `cloudwatch.subscriptions.warning: ${noReader}`,
    ],
    [
      "a topic of which nothing is said",
      [["cloudwatch.subscriptions.warning", undefined]],
      `cloudwatch.subscriptions.warning: ${noReader}`,
    ],
    [
      "topics that no receiver's mails reach",
      [
        ["alerting.receivers.3", { kind: "msteams", name: "email-ops" }],
        ["cloudwatch.subscriptions.critical", []],
      ],
      "cloudwatch.subscriptions.critical: found nobody who is told of critical alarms: of slack-critical, email-ops, pagerduty-on-call none gets mails",
    ],
    [
      "an alarm of a group on a fleet",
      [
        ["machines.aws.target", { kind: "fleet" }],
        ["cloudwatch.alarms.machinesMissing", {}],
      ],
      'cloudwatch.alarms.machinesMissing: found an alarm of machines that are said by "fleet", allowed: nothing, or a target of the kind auto-scaling-group',
    ],
    [
      "a topic that nobody reads for no reason",
      [["cloudwatch.subscriptions.warning", { nobody: "" }]],
      `cloudwatch.subscriptions.warning.nobody: found "", allowed: why, in a text of 1 to 300 characters`,
    ],
    [
      "a topic that nobody reads, misspelt",
      [["cloudwatch.subscriptions.warning", { noboddy: "It is seen on the dashboard." }]],
      `cloudwatch.subscriptions.warning.noboddy: found an unknown key, allowed: one of the keys nobody; did you mean "nobody"?`,
    ],
    [
      "an address that is none, in its place",
      [["cloudwatch.subscriptions.warning", [{ protocol: "email", address: "team" }]]],
      `cloudwatch.subscriptions.warning[0].address: found "team", allowed: an e-mail address`,
    ],
    [
      "no heartbeat of Prometheus and no reason",
      [["alerting.receivers", withoutHeartbeat]],
      `alerting.receivers: found no heartbeat, allowed: a receiver { kind: "heartbeat", name: "heartbeat" }, which tells when Prometheus or Alertmanager is dead; or noHeartbeat: "<why>"`,
    ],
    [
      "a heartbeat of Prometheus and a reason for none",
      [["alerting.noHeartbeat", "It is watched elsewhere."]],
      "alerting.noHeartbeat: found a reason for no heartbeat, allowed: nothing, as there is one",
    ],
    [
      "a heartbeat of Prometheus, misspelt",
      [["alerting.receivers.6.kind", "hartbeat"]],
      `alerting.receivers[6].kind: found "hartbeat"`,
    ],
    [
      "no heartbeat of AWS and no reason",
      [["cloudwatch.heartbeat", undefined]],
      `cloudwatch.heartbeat: found no heartbeat, allowed: { endpoint: { secret: "<variable>" } }, which tells when the alarms of AWS no longer arrive; or noHeartbeat: "<why>"`,
    ],
    [
      "a heartbeat of AWS and a reason for none",
      [["cloudwatch.noHeartbeat", "It is watched elsewhere."]],
      "cloudwatch.noHeartbeat: found a reason for no heartbeat",
    ],
    [
      "a reason that is none",
      [
        ["cloudwatch.heartbeat", undefined],
        ["cloudwatch.noHeartbeat", "  "],
      ],
      `cloudwatch.noHeartbeat: found "  ", allowed: why, in a text of 1 to 300 characters`,
    ],
    [
      "a heartbeat's URL in the file",
      [["cloudwatch.heartbeat.endpoint", "https://heartbeats.example.com/7f3c"]],
      `cloudwatch.heartbeat.endpoint: found "https://heartbeats.example.com/***", allowed: an object with the keys secret`,
    ],
    [
      "a heartbeat with a name too long for EventBridge",
      [
        ["project", "a-system-with-a-rather-long-name-for-it"],
        ["name", "production-in-europe"],
      ],
      "project: found a name of 39 characters, allowed: at most 33 characters beside the environment's name, where there is a cloudwatch.heartbeat",
    ],
    [
      "an access key of AWS in the file",
      [["grafana.awsCredentials", { kind: "access-key", accessKeyId: "AKIA", secretAccessKey: url }]],
      `grafana.awsCredentials.accessKeyId: found "AKIA", allowed: an object with the keys secret`,
    ],
  ])("%s", (_, edits, expected) => {
    expect(problems(...edits)).toEqual([expect.stringContaining(`prod.ts: ${expected}`)]);
  });

  it("a topic, whatever stands in the place of a receiver's name", () => {
    const found = problems(
      ["alerting.routes.1.receivers", [{ toString: "" }]],
      ["cloudwatch.subscriptions.warning", []],
    );
    expect(found).toContainEqual(
      expect.stringContaining(
        "cloudwatch.subscriptions.warning: found nobody who is told of warning alarms: of an object none gets mails",
      ),
    );
  });

  it("credentials for an emulator's account", () => {
    const raw = edited(local, ["grafana.awsCredentials", { kind: "instance-role" }]);
    expect(problemsOf(raw)).toEqual([
      "prod.ts: grafana.awsCredentials: found credentials of AWS beside aws.emulatorUrl, allowed: nothing: an emulator has no account",
    ]);
  });
});

it("an environment without log lines, heartbeats and readers says so and is taken", () => {
  const why = "It is looked at all day.";
  const raw = edited(
    prod,
    ["cloudwatch.logs", undefined],
    ["logShipper", undefined],
    ["cloudwatch.alarms.errorLines", undefined],
    ["cloudwatch.subscriptions", { critical: { nobody: why }, warning: { nobody: why } }],
    ["cloudwatch.heartbeat", undefined],
    ["cloudwatch.noHeartbeat", why],
    ["alerting.receivers", withoutHeartbeat],
    ["alerting.noHeartbeat", why],
  );
  const { logs, noHeartbeat } = parseEnvironment(raw, "prod.ts").cloudwatch;
  expect({ logs, noHeartbeat }).toEqual({ logs: undefined, noHeartbeat: why });
});

// Else a list of subscriptions could be asked for that gets nothing.
it.each(["critical", "warning"])("every environment has an alarm that is %s", (severity) => {
  const everywhere = namedAlarmKinds.filter(
    ({ kind }) => kind.presence === "always" && !isOfAgent(kind) && !isOfLines(kind),
  );
  expect(everywhere.filter(({ kind }) => kind.severity === severity)).not.toEqual([]);
});

describe("who is told of AWS's alarms", () => {
  const told = (...edits: Edit[]) => {
    const environment = parseEnvironment(edited(prod, ...edits), "prod.ts");
    return subscribersOf(environment, "critical").map((each) =>
      "address" in each ? each.address : each.protocol,
    );
  };

  it("is who gets the alerts of the severity by mail, and who is added", () => {
    expect(told()).toEqual(["ops@example.com", "on-call@example.com", "https"]);
    expect(told(["cloudwatch.subscriptions", { warning: { nobody: "It is seen." } }])).toEqual([
      "ops@example.com",
    ]);
  });

  it("is each once, and nobody where the environment says so", () => {
    const same = [{ protocol: "email", address: "ops@example.com" }];
    expect(told(["cloudwatch.subscriptions.critical", same])).toEqual(["ops@example.com"]);
    expect(told(["cloudwatch.subscriptions.critical", { nobody: "It is seen." }])).toEqual([]);
  });

  it("is nobody by mail where an inbox takes the receivers' place", () => {
    expect(told(["alerting.inbox", "http://inbox:8025"])).toEqual(["on-call@example.com", "https"]);
  });
});
