import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Labels } from "../../metrics/promql-engine/series";
import type { RuleSurroundings } from "../../review/messages/annotations";
import { startPrometheus } from "./prometheus";
import { remoteWrite } from "./remote-write";
import { WebhookTarget } from "./webhook-target";

/** A series that has one sample. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** The templates of an alerting rule, and what its expression gives. */
export interface TemplatedRule {
  readonly alert: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly samples: readonly Sample[];
}

/** An alert as Prometheus tells Alertmanager of it. */
export interface SentAlert {
  readonly labels: Labels;
  readonly annotations: Labels;
  /** When it was evaluated, in milliseconds of Unix time. */
  readonly evaluatedAt: number;
}

/** Seconds after which Prometheus tells again what fires. */
const resendDelay = 20;

/** The label by which the alert of a sample is found: no other sample has the same. */
export const caseLabel = "case";

/** What a rule is given when it is evaluated: an expression that is a selector leaves the name of the metric. */
export function seriesOf({ samples }: TemplatedRule, rule: number): readonly Sample[] {
  const name = `case_${String(rule)}`;
  return samples.map(({ labels, value }, index) => ({
    labels: {
      ...(hasName(rule) && { __name__: name }),
      // A label that is empty is none.
      ...Object.fromEntries(Object.entries(labels).filter(([, text]) => text !== "")),
      [caseLabel]: `${String(rule)}/${String(index)}`,
    },
    value,
  }));
}

function hasName(rule: number): boolean {
  return rule % 2 === 0;
}

/**
 * What a Prometheus of its own tells Alertmanager of samples, by `caseLabel`.
 * @param folder is empty
 * @param queried further series, which templates may ask for; with `__name__`
 */
export async function sentAlerts(
  folder: string,
  rules: readonly TemplatedRule[],
  surroundings: RuleSurroundings,
  queried: readonly Sample[] = [],
): Promise<ReadonlyMap<string, SentAlert>> {
  const target = await WebhookTarget.start();
  writeFiles(folder, rules, surroundings, new URL(target.url).host);
  const prometheus = await startPrometheus(folder, [
    "--web.enable-remote-write-receiver",
    "--web.route-prefix=/",
    `--web.external-url=${surroundings.externalUrl}`,
    `--rules.alert.resend-delay=${String(resendDelay)}s`,
    "--alertmanager.notification-queue-capacity=100000",
  ]);
  try {
    const now = Date.now();
    const write = (samples: readonly Sample[]) =>
      remoteWrite(
        prometheus.url,
        samples.map(({ labels, value }) => ({
          labels,
          times: Float64Array.of(now),
          values: Float64Array.of(value),
        })),
      );
    await write(queried);
    const all = rules.flatMap((rule, index) =>
      seriesOf(rule, index).map(({ labels, value }) => ({
        labels: { ...labels, __name__: `case_${String(index)}` },
        value,
      })),
    );
    await write(all);
    return await received(target, all.length);
  } finally {
    await prometheus.process.stop();
    await target.stop();
  }
}

function writeFiles(
  folder: string,
  rules: readonly TemplatedRule[],
  { externalLabels }: RuleSurroundings,
  alertmanager: string,
): void {
  mkdirSync(join(folder, "data"));
  const groups = rules.map(({ alert, labels, annotations }, index) => ({
    name: String(index),
    interval: "5s",
    rules: [{ alert, labels, annotations, expr: `case_${String(index)}${hasName(index) ? "" : " * 1"}` }],
  }));
  // JSON is YAML.
  writeFileSync(join(folder, "rules.yml"), JSON.stringify({ groups }));
  writeFileSync(
    join(folder, "prometheus.yml"),
    JSON.stringify({
      global: { external_labels: externalLabels },
      rule_files: ["rules.yml"],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    }),
  );
}

interface PostedAlert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly endsAt: string;
}

/** What is told of each case. @throws Error where some are not told within a minute */
async function received(target: WebhookTarget, count: number): Promise<ReadonlyMap<string, SentAlert>> {
  const found = new Map<string, SentAlert>();
  for (let [read, until] = [0, Date.now() + 60_000]; found.size < count;) {
    if (Date.now() > until) throw new Error(`Of ${String(count)} alerts ${String(found.size)} were told.`);
    const posts = await target.messages("/api/v2/alerts", read + 1, 60_000);
    for (const { body } of posts.slice(read))
      for (const alert of JSON.parse(body.toString()) as PostedAlert[]) {
        const name = alert.labels[caseLabel] ?? "";
        // By then it is over if nothing more is heard of it: four times as long as it takes to tell again.
        const evaluatedAt = Date.parse(alert.endsAt) - 4 * resendDelay * 1_000;
        found.set(name, { labels: alert.labels, annotations: alert.annotations, evaluatedAt });
      }
    read = posts.length;
  }
  return found;
}
