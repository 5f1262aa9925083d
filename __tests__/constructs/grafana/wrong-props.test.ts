import { GrafanaProvider } from "@cdktf/provider-grafana/lib/provider";
import { TerraformStack, Testing, Token } from "cdktf";
import { AlertmanagerDataSource } from "../../../constructs/grafana/alertmanager-data-source";
import { CloudWatchDataSource } from "../../../constructs/grafana/cloudwatch-data-source";
import { HomeDashboard } from "../../../constructs/grafana/home-dashboard";
import { JaegerDataSource } from "../../../constructs/grafana/jaeger-data-source";
import { LokiDataSource } from "../../../constructs/grafana/loki-data-source";
import { PrometheusDataSource } from "../../../constructs/grafana/prometheus-data-source";

function foreignStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "elsewhere");
  new GrafanaProvider(stack, "grafana", { url: "http://localhost:3000", auth: "anonymous" });
  return stack;
}

const wrong = { uid: "a b", name: "", url: "metrics:9090" };
const wrongUid = `uid: found "a b", allowed: 1 to 40 letters, digits, dashes and underscores`;
const wrongName = `name: found "", allowed: a text of 1 characters or more`;
const wrongUrl = `url: found "metrics:9090", allowed: an http:// or https:// URL of at most 300 characters, without user, password, query or fragment (a secret belongs in a variable)`;

it.each<[string, (stack: TerraformStack) => unknown, readonly string[]]>([
  [
    "AlertmanagerDataSource",
    (stack) => new AlertmanagerDataSource(stack, "it", wrong),
    [wrongUid, wrongName, wrongUrl],
  ],
  [
    "CloudWatchDataSource",
    (stack) => new CloudWatchDataSource(stack, "it", { uid: "a b", name: "", region: "eu-central-1" }),
    [wrongUid, wrongName],
  ],
  [
    "JaegerDataSource",
    (stack) =>
      new JaegerDataSource(stack, "it", {
        ...wrong,
        metrics: { uid: "", serviceLabel: "service", queries: [] },
        lines: { uid: "x y", serviceLabel: "container", query: "{}" },
      }),
    [
      wrongUid,
      wrongName,
      wrongUrl,
      `metrics.uid: found "", allowed: 1 to 40 letters, digits, dashes and underscores`,
      `lines.uid: found "x y", allowed: 1 to 40 letters, digits, dashes and underscores`,
    ],
  ],
  [
    "LokiDataSource",
    (stack) => new LokiDataSource(stack, "it", { ...wrong, traces: "" }),
    [
      wrongUid,
      wrongName,
      wrongUrl,
      `traces: found "", allowed: 1 to 40 letters, digits, dashes and underscores`,
    ],
  ],
  [
    "PrometheusDataSource",
    (stack) => new PrometheusDataSource(stack, "it", { ...wrong, scrapeInterval: "15", traces: "" }),
    [
      wrongUid,
      wrongName,
      wrongUrl,
      `scrapeInterval: found "15", allowed: a duration such as "15s" or "1h30m", from 1s to 5m`,
      `traces: found "", allowed: 1 to 40 letters, digits, dashes and underscores`,
    ],
  ],
  [
    "HomeDashboard",
    (stack) => new HomeDashboard(stack, "it", { uid: "a b", timezone: "Europe/Atlantis" }),
    [
      wrongUid,
      `timezone: found "Europe/Atlantis", allowed: "browser", "utc" or a time zone such as "Europe/Berlin"`,
    ],
  ],
])("%s tells all that is wrong at once, and makes nothing", (_, make, problems) => {
  const stack = foreignStack();
  const before = stack.node.findAll();
  const count = `${String(problems.length)} problems in its props:`;
  expect(() => make(stack)).toThrow([`elsewhere/it: ${count}`, ...problems].join("\n  "));
  expect(stack.node.findAll()).toEqual(before);
});

it("takes what Terraform knows only later", () => {
  const later = Token.asString({ Ref: "made by Terraform" });
  const stack = foreignStack();
  expect(() => {
    new AlertmanagerDataSource(stack, "source", { uid: later, name: "Alerts", url: `http://${later}:9093` });
    new HomeDashboard(stack, "home", { uid: later, timezone: "utc" });
  }).not.toThrow();
});
