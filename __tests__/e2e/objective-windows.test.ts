import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderRuleFile } from "../../alerts/rule-files";
import {
  objectiveGroup,
  promisedServices,
  scraped,
  scrapeMinutes,
  type Spell,
} from "../support/promised-services";
import { promtool } from "../support/promtool";
import { describeWith } from "../support/require-program";
import { ruleSettings } from "../support/rule-settings";
import { temporaryFolder } from "../support/temporary-folder";

jest.setTimeout(600_000);

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const services = promisedServices(100, seed);
const objectives = 2 * services.length;
const day = 24 * 60;

/** What is asked at the end of the spells, with the number that it must give; none where it must give nothing. */
type Answers = Readonly<Record<string, number | undefined>>;

describeWith([promtool], `burn-rate alerts of 100 windows and targets, SEED=${String(seed)}`, () => {
  const folder = temporaryFolder();

  /** What promtool says of all services through the same spells; an empty text where the answers are right. */
  function failureOf(spells: readonly Spell[], evaluationMinutes: number, answers: Answers): string {
    const work = folder();
    const minutes = spells.reduce((sum, spell) => sum + spell.minutes, 0);
    const tests = {
      rule_files: ["rules.yml"],
      evaluation_interval: `${String(evaluationMinutes)}m`,
      tests: [
        {
          interval: `${String(scrapeMinutes)}m`,
          input_series: services.flatMap((service) => scraped(service, spells, evaluationMinutes)),
          promql_expr_test: Object.entries(answers).map(([expr, value]) => ({
            expr,
            eval_time: `${String(minutes)}m`,
            exp_samples: value === undefined ? [] : [{ labels: "{}", value }],
          })),
        },
      ],
    };
    writeFileSync(join(work, "rules.yml"), renderRuleFile(services.map(objectiveGroup), ruleSettings));
    writeFileSync(join(work, "tests.yml"), JSON.stringify(tests)); // JSON is YAML
    const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", "tests.yml"], {
      cwd: work,
      encoding: "utf8",
    });
    return status === 0 ? "" : stdout + stderr;
  }

  it("tell nothing of errors that are just allowed, for longer than any window", () => {
    const answers = {
      // That there was something to judge.
      "count(service:objective_errors:ratio_window > 0)": objectives,
      "count by (service, objective, long) (count_over_time(ALERTS[60d]))": undefined,
    };
    expect(failureOf([{ minutes: 41 * day, burnRate: 1 }], day, answers)).toBe("");
  });

  it("tell of a budget that lasts two thirds of its window, and wake nobody for it", () => {
    const answers = {
      'count(ALERTS{alertstate="firing", severity="warning"})': objectives,
      'count by (service, objective, long) (count_over_time(ALERTS{severity="critical"}[60d]))': undefined,
    };
    expect(failureOf([{ minutes: 6 * day, burnRate: 1.5 }], day / 2, answers)).toBe("");
  });

  it("wake somebody when it burns 20 times too fast, or all requests fail", () => {
    const spells = [
      { minutes: 64, burnRate: 0 },
      { minutes: 152, burnRate: 20 },
    ];
    const answers = {
      'count(ALERTS{alertstate="firing", severity="critical"})': 2 * objectives,
      // None of them while all was well.
      "count by (service, objective, long) (count_over_time(ALERTS[1h] @ 3600))": undefined,
    };
    expect(failureOf(spells, 8, answers)).toBe("");
  });
});
