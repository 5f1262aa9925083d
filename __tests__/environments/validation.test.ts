import { parseEnvironment } from "../support/environments";
import { environmentSchema } from "../../environments/environment";
import { local } from "../support/environments/local";
import { prod } from "../support/environments/prod";
import { edited, type Edit } from "../support/edit";
import { problems, problemsOf } from "../support/environment-problems";

describe("a valid environment", () => {
  it("gets its defaults", () => {
    const environment = parseEnvironment(local, "local.ts");
    expect(environment.state).toEqual({ backend: "local", directory: ".state" });
    expect(environment.grafana.hostPort).toBe(3300);
    expect(environment.docker.publishOn).toBe("127.0.0.1");
    expect(environment.cloudwatch.agent).toBeUndefined();
  });

  it("is not changed by being parsed again", () => {
    const environment = parseEnvironment(prod, "prod.ts");
    expect(parseEnvironment(environment, "prod.ts")).toEqual(environment);
  });
});

describe("one mistake is one line with path, found and allowed", () => {
  it.each<[string, Edit, string]>([
    [
      "unknown region",
      ["aws.region", "mars-north-1"],
      `aws.region: found "mars-north-1", allowed: one of af-south-1, `,
    ],
    [
      "region that is nearly right",
      ["aws.region", "eu-centrall-1"],
      `us-west-2; did you mean "eu-central-1"?`,
    ],
    [
      "wrong type",
      ["prometheus.hostPort", "9090"],
      `prometheus.hostPort: found "9090", allowed: a whole number from 1 to 65535`,
    ],
    [
      "number as text",
      ["cloudwatch.logs.retentionDays", "14"],
      "2922, 3288, 3653; did you mean 14, without quotes?",
    ],
    [
      "text that is no number",
      ["cloudwatch.logs.retentionDays", "14 days"],
      `cloudwatch.logs.retentionDays: found "14 days", allowed: one of 1, 3,`,
    ],
    [
      "port as text",
      ["prometheus.hostPort", "9090"],
      "a whole number from 1 to 65535; did you mean 9090, without quotes?",
    ],
    [
      "text as number",
      ["services.0.environment", { RETRIES: 3 }],
      `services[0].environment.RETRIES: found 3, allowed: a text; did you mean "3", in quotes?`,
    ],
    [
      "list in place of names and values",
      ["services.0.environment", ["LOG_LEVEL=info"]],
      "services[0].environment: found a list of 1, allowed: an object",
    ],
    [
      "key that its record does not take",
      ["services.0.environment", { "LOG LEVEL": "info" }],
      `services[0].environment["LOG LEVEL"]: found "LOG LEVEL" as a key, allowed: a variable's name such as "LOG_LEVEL"`,
    ],
    [
      "health check with an empty argument",
      ["services.0.healthCheck", ["wget", ""]],
      `services[0].healthCheck[1]: found "", allowed: a text of 1 characters or more`,
    ],
    [
      "misspelt key below a name of one's own",
      ["alerting.objectives", { services: { "api-gateway": { availabilty: 0.99 } } }],
      `alerting.objectives.services["api-gateway"].availabilty: found an unknown key, allowed: one of the keys availability, latency, latencyWithin, reachability; did you mean "availability"?`,
    ],
    [
      "boolean as text",
      ["machines.aws.detailedMonitoring", "yes"],
      `machines.aws.detailedMonitoring: found "yes", allowed: true or false`,
    ],
    [
      "object missing",
      ["alerting", undefined],
      "alerting: found nothing, allowed: an object with the keys url, hostPort, replicas, limits, inbox, receivers, ",
    ],
    ["list missing", ["services", {}], "services: found an object, allowed: a list of 1 to 100 entries"],
    [
      "threshold above 100 %",
      ["alerting.thresholds", { hostCpu: 1.8 }],
      "alerting.thresholds.hostCpu: found 1.8, allowed: a number from 0.0001 to 0.9999",
    ],
    [
      "threshold of 0",
      ["alerting.thresholds", { filesystemUsedWarning: 0 }],
      "alerting.thresholds.filesystemUsedWarning: found 0, allowed: a number from 0.0001 to 0.9999",
    ],
    [
      "not a number",
      ["alerting.thresholds", { hostCpu: NaN }],
      "alerting.thresholds.hostCpu: found NaN, allowed: a number from",
    ],
    [
      "queue of another partition than the region",
      [
        "cloudwatch.subscriptions.critical",
        [{ protocol: "sqs", queueArn: "arn:aws-cn:sqs:cn-north-1:123456789012:alarms" }],
      ],
      `cloudwatch.subscriptions.critical[0].queueArn: found "arn:aws-cn:sqs:cn-north-1:123456789012:alarms", allowed: an ARN of the partition of eu-central-1, which starts with "arn:aws:"`,
    ],
    [
      "role of another partition than the region beside it",
      [
        "prometheus.remoteWrite",
        [
          {
            name: "amp",
            url: "https://aps-workspaces.example.com",
            auth: { kind: "sigv4", region: "us-gov-west-1", roleArn: "arn:aws:iam::123456789012:role/write" },
          },
        ],
      ],
      `prometheus.remoteWrite[0].auth.roleArn: found "arn:aws:iam::123456789012:role/write", allowed: an ARN of the partition of us-gov-west-1, which starts with "arn:aws-us-gov:"`,
    ],
    [
      "period that CloudWatch has not",
      ["cloudwatch.alarms.highCpu.periodSeconds", 90],
      "cloudwatch.alarms.highCpu.periodSeconds: found 90, allowed: a multiple of 60 seconds, from 60 to 3600",
    ],
    [
      "retention that CloudWatch Logs has not",
      ["cloudwatch.logs.retentionDays", 31],
      "cloudwatch.logs.retentionDays: found 31, allowed: one of 1, 3, 5, 7, 14, 30,",
    ],
    [
      "project with a name that AWS refuses",
      ["project", "Shop: the best!"],
      `project: found "Shop: the best!", allowed: a name of a-z, 0-9 and single dashes`,
    ],
    [
      "bucket with a name that AWS refuses",
      ["state.bucket", "My_Bucket"],
      `state.bucket: found "My_Bucket", allowed: a bucket's name: 3 to 63`,
    ],
    [
      "instance's id that is none",
      ["machines.aws.target", { kind: "instances", instanceIds: ["web-1", "i-00000001"] }],
      `machines.aws.target.instanceIds[0]: found "web-1", allowed: an instance's id such as`,
    ],
    [
      "more instances than an alarm can read",
      [
        "machines.aws.target",
        {
          kind: "instances",
          instanceIds: Array.from({ length: 11 }, (_, i) => `i-000000${String(i + 10)}`),
        },
      ],
      "machines.aws.target.instanceIds: found a list of 11, allowed: a list of 1 to 10 entries",
    ],
    [
      "one instance twice",
      ["machines.aws.target", { kind: "instances", instanceIds: ["i-00000001", "i-00000001"] }],
      `machines.aws.target.instanceIds[1]: found "i-00000001", allowed: each instance once`,
    ],
    [
      "unknown variant",
      ["machines.aws.target", { kind: "fleeet" }],
      `machines.aws.target.kind: found "fleeet", allowed: one of instances, auto-scaling-group, fleet; did you mean "fleet"?`,
    ],
    [
      "120 s without detailed monitoring",
      ["machines.aws.detailedMonitoring", false],
      "cloudwatch.alarms.highCpu.periodSeconds: found 120, allowed: at least 300 without detailedMonitoring",
    ],
    [
      "more than a day",
      [
        "cloudwatch.alarms.errorLines",
        { count: 1, periodSeconds: 1800, evaluationPeriods: 49, missingData: "missing" },
      ],
      "cloudwatch.alarms.errorLines.evaluationPeriods: found 88200, allowed: periodSeconds x evaluationPeriods of at most 86400 seconds, one day",
    ],
    [
      "more than a week of hours",
      [
        "cloudwatch.alarms.errorLines",
        { count: 1, periodSeconds: 3600, evaluationPeriods: 169, missingData: "missing" },
      ],
      "cloudwatch.alarms.errorLines.evaluationPeriods: found 608400, allowed: periodSeconds x evaluationPeriods of at most 604800 seconds, seven days",
    ],
    [
      "misspelt key",
      ["prometheus.retentoinTime", "30d"],
      `prometheus.retentoinTime: found an unknown key, allowed: one of the keys engine, url, scrapeInterval, scrapeTimeout, scrapeLimits, retentionTime, retentionSize, alsoStored, maxExemplars, remoteWrite, awsCredentials, hostPort, limits; did you mean "retentionTime"?`,
    ],
    [
      "misspelt key of a variant",
      ["machines.aws.target.nmae", "x"],
      `machines.aws.target.nmae: found an unknown key, allowed: one of the keys kind, instanceIds, name; did you mean "name"?`,
    ],
    [
      "image without a version",
      ["images", { grafana: "grafana/grafana" }],
      `images.grafana: found "grafana/grafana", allowed: an image pinned by a version or a digest`,
    ],
    [
      "image of the day",
      ["images", { grafana: "grafana/grafana:latest" }],
      `images.grafana: found "grafana/grafana:latest", allowed: an image pinned`,
    ],
    [
      "service with a name of the monitoring",
      ["services.0.name", "grafana"],
      `services[0].name: found "grafana", allowed: a name that the monitoring does not use itself`,
    ],
    [
      "service with a name that is too short for a container",
      ["services.0.name", "a"],
      `services[0].name: found "a", allowed: a name of a-z, 0-9 and single dashes that starts with a letter, 2 to 40 characters`,
    ],
    [
      "two services of one name",
      ["services.1.name", "api-gateway"],
      `services[1].name: found "api-gateway", allowed: a name that no other service has`,
    ],
    [
      "port that is taken",
      ["grafana.hostPort", 9090],
      "grafana.hostPort: found 9090, allowed: a port of the host that is free: prometheus.hostPort has this one",
    ],
    [
      "path out of the project",
      ["state", { backend: "local", directory: "../elsewhere" }],
      `state.directory: found "../elsewhere", allowed: a path below the project's folder`,
    ],
    [
      "duration that is none",
      ["prometheus.scrapeInterval", "15 seconds"],
      `prometheus.scrapeInterval: found "15 seconds", allowed: a duration such as "15s" or "1h30m", from 1s to 5m`,
    ],
    [
      "duration out of range",
      ["prometheus.scrapeInterval", "6m"],
      `prometheus.scrapeInterval: found "6m", allowed: a duration`,
    ],
    [
      "time zone that is none",
      ["grafana.timezone", "Europe/Atlantis"],
      `grafana.timezone: found "Europe/Atlantis", allowed: "browser", "utc" or a time zone`,
    ],
    [
      "text that Terraform would read as a template",
      ["cloudwatch.logs.errorPattern", '${file("/etc/passwd")}'],
      "cloudwatch.logs.errorPattern: found",
    ],
    [
      "one subscription twice",
      ["cloudwatch.subscriptions.critical.2", { protocol: "email", address: "on-call@example.com" }],
      "cloudwatch.subscriptions.critical[2]: found the same as an earlier one, allowed: each subscription once",
    ],
    [
      "namespace that CloudWatch refuses",
      ["cloudwatch.agent.namespace", ":agent"],
      `cloudwatch.agent.namespace: found ":agent", allowed: a namespace of`,
    ],
    [
      "webhook that is neither URL nor variable",
      ["cloudwatch.subscriptions.critical.1.endpoint", 7],
      "cloudwatch.subscriptions.critical[1].endpoint: found 7, allowed: an https:// URL, or { secret:",
    ],
  ])("%s", (_, edit, expected) => {
    expect(problems(edit)).toEqual([expect.stringContaining(expected)]);
    expect(problems(edit)[0]).toMatch(/^prod\.ts: /);
  });

  it("lets an alarm that must be asked for be left out, and fills in its defaults", () => {
    const asked = { thresholdCredits: 30, evaluationPeriods: 3, missingData: "missing" };
    const parse = (lowCpuCredits: unknown) =>
      parseEnvironment(edited(prod, ["cloudwatch.alarms.lowCpuCredits", lowCpuCredits]), "prod.ts");
    expect(parse(undefined).cloudwatch.alarms.lowCpuCredits).toBeUndefined();
    expect(parse(asked).cloudwatch.alarms.lowCpuCredits).toEqual({ ...asked, periodSeconds: 300 });
  });

  it("counts a period that is there by default", () => {
    const lowCpuCredits = { thresholdCredits: 30, evaluationPeriods: 37, missingData: "missing" };
    expect(
      problems(
        ["machines.aws.target", { kind: "fleet" }],
        ["cloudwatch.alarms.lowCpuCredits", lowCpuCredits],
      ),
    ).toEqual([
      expect.stringContaining(
        "cloudwatch.alarms.lowCpuCredits.evaluationPeriods: found 11100, allowed: periodSeconds x evaluationPeriods of at most 10800 seconds",
      ),
    ]);
  });

  it("lets an alarm look back over a day of minutes, or a week of hours", () => {
    const errorLines = { count: 1, missingData: "missing" };
    const minutes = { ...errorLines, periodSeconds: 60, evaluationPeriods: 1440 };
    const hours = { ...errorLines, periodSeconds: 3600, evaluationPeriods: 168 };
    expect(problems(["cloudwatch.alarms.errorLines", minutes])).toEqual([]);
    expect(problems(["cloudwatch.alarms.errorLines", hours])).toEqual([]);
  });

  it("narrows the fleet's window to three hours", () => {
    const highCpu = {
      periodSeconds: 3600,
      evaluationPeriods: 4,
      missingData: "missing",
    };
    expect(problems(["cloudwatch.alarms.highCpu", highCpu])).toEqual([]);
    expect(
      problems(["machines.aws.target", { kind: "fleet" }], ["cloudwatch.alarms.highCpu", highCpu]),
    ).toEqual([
      expect.stringContaining(
        "found 14400, allowed: periodSeconds x evaluationPeriods of at most 10800 seconds",
      ),
    ]);
  });
});

it("takes the ARNs of China in a region of China", () => {
  const queue = { protocol: "sqs", queueArn: "arn:aws-cn:sqs:cn-north-1:123456789012:alarms" };
  const subscriptions = { critical: [queue], warning: [queue] };
  expect(problems(["aws.region", "cn-north-1"], ["cloudwatch.subscriptions", subscriptions])).toEqual([]);
  expect(problems(["aws.region", "cn-north-1"])).toEqual([
    expect.stringMatching(/queueArn: found "arn:aws:sqs:.*, allowed: an ARN of the partition of cn-north-1/),
  ]);
});

describe("a misspelt key is one problem, though what was meant is needed", () => {
  it.each<[string, Edit[], string]>([
    [
      "an object",
      [
        ["grafana", undefined],
        ["grafna", prod.grafana],
      ],
      `grafna: found an unknown key, .*"grafana"`,
    ],
    [
      "a value that a rule asks for",
      [
        ["services.0.healthCheck", undefined],
        ["services.0.healthChek", ["node", "healthcheck.js"]],
      ],
      `services\\[0\\]\\.healthChek: found an unknown key, .*"healthCheck"`,
    ],
    [
      "the name that routes lead to",
      [
        ["alerting.receivers.0.name", undefined],
        ["alerting.receivers.0.nmae", "slack-critical"],
      ],
      `alerting\\.receivers\\[0\\]\\.nmae: found an unknown key, .*"name"`,
    ],
    [
      "the key that tells variants apart",
      [["machines.aws.target", { knid: "fleet" }]],
      `machines\\.aws\\.target\\.knid: found an unknown key, .*"kind"`,
    ],
  ])("%s", (_, edits, expected) => {
    expect(problems(...edits)).toEqual([expect.stringMatching(`^prod\\.ts: ${expected}\\?$`)]);
  });

  it("and what stands below it is checked, too", () => {
    const grafana = { ...prod.grafana, hostPort: 0 };
    expect(problems(["grafana", undefined], ["grafna", grafana])).toEqual([
      expect.stringContaining("grafna: found an unknown key"),
      expect.stringContaining("grafana.hostPort: found 0, allowed: a whole number from 1 to 65535"),
    ]);
  });
});

describe("several mistakes", () => {
  it("are all reported at once, those that span fields too", () => {
    const found = problems(
      ["aws.region", 7],
      ["cloudwatch.alarms.highCpu.missingData", "perhaps"],
      ["alerting.receivers.7", { kind: "discord", name: "slack-critical" }],
      ["alerting.receivers.3.to", []],
      ["alerting.defaultReceiver", "nobody"],
      ["services.0.port", 0],
      ["nonsense", true],
    );
    for (const path of [
      "aws.region",
      "cloudwatch.alarms.highCpu.missingData",
      "alerting.receivers[7].name",
      "alerting.receivers[3].to",
      "alerting.defaultReceiver",
      "services[0].port",
      "nonsense",
    ]) {
      expect(found).toContainEqual(
        expect.stringMatching(`^prod\\.ts: ${path.replace(/[.[\]]/g, "\\$&")}: found`),
      );
    }
    expect(found).toHaveLength(7);
  });

  it("are counted in the message, a line each", () => {
    const run = () => parseEnvironment(edited(prod, ["aws.region", 7], ["name", ""]), "prod.ts");
    expect(run).toThrow(
      /^2 problems in the environments:\n {2}prod\.ts: name: .*\n {2}prod\.ts: aws\.region: .*$/,
    );
  });
});

describe("secrets that were put in an environment by mistake", () => {
  it("are refused and not shown", () => {
    const found = problems(
      ["alerting.receivers.0.apiUrl", "https://hooks.slack.com/services/T0/B0/sEcReT"],
      ["runbooksUrl", "https://user:sEcReT@example.com/runbooks?token=sEcReT"],
      ["grafana.url", "https://grafana.example.com/?auth=sEcReT"],
    );
    expect(found).toHaveLength(3);
    expect(found.join("\n")).not.toContain("sEcReT");
  });
});

describe.each([
  ["undefined", undefined],
  ["null", null],
  ["text", "prod"],
  ["list", []],
  ["function", () => prod],
])("an environment that is %s", (_, raw) => {
  it("is one problem that names the keys", () => {
    expect(problemsOf(raw)).toEqual([
      expect.stringContaining(
        `allowed: an object with the keys ${Object.keys(environmentSchema.shape).join(", ")}`,
      ),
    ]);
  });
});
