import fc from "fast-check";
import { parse } from "yaml";
import { expandRuleTemplate } from "../../../alerts/go-template/rule-template";
import { loadEnvironments } from "../../../environments";
import { annotationsOf, type RuleSurroundings } from "../../../review/messages/annotations";
import { alertLabels } from "../../../review/replay/alert-labels";
import { ruleFilesOf } from "../../../stacks/system";
import { environmentsOfEveryKind } from "../../support/every-kind";
import { prometheusProgram } from "../../support/programs";
import { describeWith } from "../../support/require-program";
import {
  caseLabel,
  sentAlerts,
  seriesOf,
  type Sample,
  type SentAlert,
  type TemplatedRule,
} from "../../support/sent-alerts";
import {
  anySample,
  anyText,
  anyValue,
  functionTemplates,
  queryTemplates,
} from "../../support/template-cases";
import { temporaryFolder } from "../../support/temporary-folder";

jest.setTimeout(120_000);

const seed = Number(process.env.REVIEW_SEED ?? 19);

/** Samples of each rule of an environment, and of each function. */
const samplesOfRule = 6;
const samplesOfFunctions = 400;

const surroundings: RuleSurroundings = {
  externalLabels: { cluster: 'a <b> & "c"', severity: "from outside", job: "outer" },
  externalUrl: "https://prometheus.example.com/base",
};

interface AlertingRule {
  readonly alert: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The alerting rules of all environments; what several of them have in common once. */
function alertingRules(): readonly AlertingRule[] {
  const files = [...loadEnvironments(undefined), ...environmentsOfEveryKind()].flatMap((environment) =>
    Object.values(ruleFilesOf(environment)),
  );
  const rules = files.flatMap((text) =>
    (
      parse(text) as { readonly groups: readonly { readonly rules: readonly AlertingRule[] }[] }
    ).groups.flatMap((group) => group.rules.filter((rule) => "alert" in rule)),
  );
  const different = new Map(
    rules.map(({ alert, labels, annotations }) => [
      JSON.stringify([alert, labels, annotations]),
      { alert, labels, annotations },
    ]),
  );
  return [...different.values()] as AlertingRule[];
}

/** A rule with samples whose labels are those that its templates name, and some that they do not. */
function templated({ alert, labels = {}, annotations = {} }: AlertingRule, index: number): TemplatedRule {
  const texts = Object.values({ ...labels, ...annotations }).join(" ");
  const named = [...texts.matchAll(/\$labels\.(\w+)/g)].map(([, name = ""]) => name);
  const names = [...new Set([...named, ...Object.keys(labels), "instance", "job", "other"])];
  const label = fc.tuple(fc.constantFrom(...names), anyText);
  const sample = fc.record({ labels: fc.array(label).map(Object.fromEntries<string>), value: anyValue });
  return {
    alert,
    labels,
    annotations,
    samples: fc.sample(sample, { seed: seed + index, numRuns: samplesOfRule }),
  };
}

/** What templates ask for: `queried`, and nothing by any other name. */
const queried: readonly Sample[] = fc
  .sample(fc.tuple(anyText, anyValue), { seed, numRuns: 30 })
  .map(([text, value], index) => ({
    labels: {
      __name__: "queried",
      name: `${String(index % 7)}${text}`,
      number: String(index),
      __value__: `<${text}>`,
    },
    value,
  }));

/** What differs between ours and theirs, by what it is called. */
class Compared {
  compared = 0;
  readonly differing: string[] = [];

  add(name: string, ours: string | undefined, theirs: string | undefined, about: unknown): void {
    this.compared += 1;
    if (ours === theirs) return;
    this.differing.push(
      `${name}: ${JSON.stringify(ours)}, Prometheus ${JSON.stringify(theirs)}, of ${JSON.stringify(about)}`,
    );
  }
}

describeWith(
  [prometheusProgram],
  "labels and annotations written without a program, beside a real Prometheus's",
  () => {
    const newFolder = temporaryFolder();

    it("writes those of each rule of each environment", async () => {
      const rules = alertingRules().map(templated);
      const sent = await sentAlerts(newFolder(), rules, surroundings);
      const found = { labels: new Compared(), annotations: new Compared() };
      rules.forEach((rule, index) => {
        const { of: labelsOf } = alertLabels({ name: rule.alert, labels: rule.labels }, surroundings);
        for (const { labels: seriesLabels, value } of seriesOf(rule, index)) {
          const theirs = alertOf(sent, seriesLabels);
          const ours = {
            labels: { ...surroundings.externalLabels, ...labelsOf(seriesLabels, value) },
            annotations: annotationsOf(
              { annotations: rule.annotations, seriesLabels, valueAt: () => value },
              theirs.evaluatedAt,
              surroundings,
            ),
          };
          for (const kind of ["labels", "annotations"] as const)
            for (const name of new Set([...Object.keys(ours[kind]), ...Object.keys(theirs[kind])]))
              found[kind].add(`${rule.alert} ${name}`, ours[kind][name], theirs[kind][name], [
                seriesLabels,
                value,
              ]);
        }
      });
      for (const [kind, { compared, differing }] of Object.entries(found)) {
        say(`${kind} of ${String(rules.length)} rules`, compared, differing.length);
        expect(differing.slice(0, 10)).toEqual([]);
        expect(compared).toBeGreaterThan(rules.length * samplesOfRule);
      }
    });

    it("does what each function of templates does", async () => {
      const samples = fc.sample(anySample, { seed, numRuns: samplesOfFunctions });
      const rule = (annotations: Readonly<Record<string, string>>, all: readonly Sample[]) => ({
        alert: "Functions",
        labels: {},
        annotations,
        samples: all,
      });
      const rules = [rule(functionTemplates, samples), rule(queryTemplates, samples.slice(0, 3))];
      const sent = await sentAlerts(newFolder(), rules, surroundings, queried);
      const found = new Compared();
      const failures = new Compared();
      rules.forEach((each, index) => {
        for (const { labels, value } of seriesOf(each, index)) {
          const { annotations, evaluatedAt } = alertOf(sent, labels);
          for (const [name, template] of Object.entries(each.annotations)) {
            const ours = expandRuleTemplate(template, {
              ...surroundings,
              labels,
              value,
              time: evaluatedAt,
              query: (promql) => (promql === "queried" ? queried : []),
            });
            const theirs = annotations[name] ?? "";
            if (ours.startsWith(failed) && theirs.startsWith(failed))
              failures.add(name, reasonOf(ours), reasonOf(theirs), [labels, value]);
            else found.add(name, ours, theirs, [labels, value]);
          }
        }
      });
      say(
        `texts of ${String(Object.keys({ ...functionTemplates, ...queryTemplates }).length)} templates`,
        found.compared,
        found.differing.length,
      );
      say("templates that fail", failures.compared, failures.differing.length);
      expect(found.differing.slice(0, 10)).toEqual([]);
      expect(failures.differing.slice(0, 10)).toEqual([]);
      expect(found.compared).toBeGreaterThan(samplesOfFunctions * 30);
      expect(failures.compared).toBeGreaterThan(samplesOfFunctions);
    });
  },
);

const failed = "<error expanding template: error executing template";

/** What a sentence about a template that fails says, without the place in the template. */
function reasonOf(sentence: string): string {
  return sentence
    .replace(
      /^<error expanding template: error executing template.*? at <.*?>: (?:error calling \w+: )?/s,
      "",
    )
    .replace("<error expanding template: error executing template: ", "");
}

function alertOf(sent: ReadonlyMap<string, SentAlert>, labels: Sample["labels"]): SentAlert {
  const found = sent.get(labels[caseLabel] ?? "");
  if (found === undefined) throw new Error(`Nothing was sent of ${JSON.stringify(labels)}.`);
  return found;
}

function say(what: string, compared: number, differing: number): void {
  process.stdout.write(
    `REVIEW_SEED=${String(seed)}: ${what}: ${String(compared)} compared, ${String(differing)} differing.\n`,
  );
}
