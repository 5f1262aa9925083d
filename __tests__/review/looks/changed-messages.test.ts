import { stringify } from "yaml";
import { changedMessages, type Render } from "../../../review/looks/changed-messages";
import { sampleAlertsOf, type SampledVersion } from "../../../review/looks/sample-alerts";
import { ruleFilesOf } from "../../../stacks/system";
import { parseEnvironment } from "../../support/environments";
import { prod } from "../../support/environments/prod";

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

const late: Rule = {
  alert: "ParcelsLate",
  expr: "sum by (service, depot) (rate(parcels_late_total[5m])) > 0.2",
  labels: { severity: "warning", place: "{{ $labels.depot }}" },
  annotations: { summary: "Parcels of {{ $labels.service }} are late" },
};
const lost: Rule = {
  alert: "ParcelsLost",
  expr: 'max(parcels_lost{service="post"}) >= 5',
  labels: { severity: "critical" },
  annotations: { summary: "Lost at {{ $labels.depot }}, {{ $labels.service }}" },
};

function version(...rules: readonly Rule[]): SampledVersion {
  return {
    ruleFiles: { "parcels.yml": stringify({ groups: [{ name: "parcels", rules }] }) },
    catalogue: {
      services: ["post", "train"].map((name) => ({ name, owner: "depots" })),
      metrics: [],
    },
  };
}

/** Warnings go to a chat; what is critical is sent by mail, too. */
const render: Render<SampledVersion> = (_version, { labels, annotations, rule }) =>
  [
    ["chat", "slack_configs"] as const,
    ...(labels.severity === "critical" ? [["duty", "email_configs"] as const] : []),
  ].map(([receiver, integration]) => ({
    notification: { time: 0, receiver, integration, status: "firing" as const, groupLabels: {} },
    title: rule.alert,
    text: `${annotations.summary ?? ""} ${labels.place ?? ""}`,
    payload: {},
  }));

it("a sample has the labels that the rule names or keeps, and one is made for each service", () => {
  const samples = sampleAlertsOf(version(late, lost));
  expect(samples.map(({ labels }) => labels)).toEqual([
    { alertname: "ParcelsLate", severity: "warning", service: "post", depot: "a-depot", place: "a-depot" },
    { alertname: "ParcelsLate", severity: "warning", service: "train", depot: "a-depot", place: "a-depot" },
    { alertname: "ParcelsLost", severity: "critical", service: "post", depot: "a-depot" },
  ]);
  expect(samples.map(({ valueAt }) => valueAt(0))).toEqual([0.2, 0.2, 5]);
});

it("labels that are known take the place of made ones", () => {
  const [first, ...others] = sampleAlertsOf(version(late), {
    seriesLabelsOf: () => [{ depot: "north", service: "train" }],
  });
  expect(others).toEqual([]);
  expect(first?.labels).toMatchObject({ depot: "north", service: "train", place: "north" });
});

it("every alert of an environment has a sample, without a template left in its labels", () => {
  const ruleFiles = ruleFilesOf(parseEnvironment(prod, "prod"));
  const samples = sampleAlertsOf({ ...version(), ruleFiles });
  const written = Object.values(ruleFiles).flatMap((text) =>
    [...text.matchAll(/^ +- alert: (\S+)$/gm)].map(([, name]) => name),
  );
  expect(written.length).toBeGreaterThan(30);
  expect(new Set(samples.map(({ rule }) => rule.alert))).toEqual(new Set(written));
  for (const { labels, valueAt } of samples) {
    expect(JSON.stringify(labels)).not.toContain("{{");
    expect(valueAt(0)).toBeGreaterThanOrEqual(-1e9);
  }
});

it("identical versions send the same", () => {
  expect(changedMessages(version(late, lost), version(late, lost), render)).toEqual([]);
});

it("a text that is another one is told once for each receiver, with how many are like it", () => {
  const said = { ...late, annotations: { summary: "Late: {{ $labels.lorry }}" } };
  const [found, ...others] = changedMessages(version(late, lost), version(said, lost), render);
  expect(others).toEqual([]);
  expect(found).toMatchObject({ alert: "ParcelsLate", receiver: "chat", change: "changed", likeIt: 1 });
  expect(found?.before?.text).toContain("are late");
  expect(found?.after?.text).toContain("Late:");
});

it("who is told no longer, and who is told from now on", () => {
  const severe = { ...late, labels: { severity: "critical" } };
  const changes = (before: SampledVersion, after: SampledVersion) =>
    changedMessages(before, after, render).map(({ alert, receiver, change }) => [alert, receiver, change]);
  expect(changes(version(lost), version(lost, late))).toEqual([["ParcelsLate", "chat", "new"]]);
  expect(changes(version(lost, late), version(lost))).toEqual([["ParcelsLate", "chat", "gone"]]);
  expect(changes(version(late), version(severe))).toEqual([
    ["ParcelsLate", "chat", "changed"],
    ["ParcelsLate", "duty", "new"],
  ]);
});
