/**
 * What linting rules costs: CPU seconds of 10,000 rules, alone and a rule against 2,000, and beside promtool's, where
 * that is installed.
 */
import { spawnSync } from "node:child_process";
import { stringify } from "yaml";
import { checkRules } from "../alerts/lint/lint";
import { findProgram } from "../operations/find-program";
import { verdict } from "./measure";

const [few, many] = [2_000, 10_000];

/** Rules of which every second reads the one before it. */
function rulesOf(count: number): string {
  const rules = Array.from({ length: count / 2 }, (_, index) => {
    const requests = (matchers: string) =>
      `sum by (job) (rate(requests_${String(index)}_total{${matchers}}[5m]))`;
    const name = `job:errors_${String(index)}:ratio_rate5m`;
    return [
      { record: name, expr: `${requests('code=~"5.."')} / (${requests("")} > 0)` },
      {
        alert: `Errors${String(index)}`,
        expr: `${name}{path="/${String(index)}"} > 0.1 and on (job) up == 1`,
        for: "5m",
        labels: { severity: "critical" },
        annotations: {
          summary: "{{ $labels.job }} fails",
          description: "{{ $value | humanizePercentage }} fail.",
        },
      },
    ];
  });
  return stringify({ groups: [{ name: "errors", rules: rules.flat() }] });
}

function cpuSecondsOf(action: () => void): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function lint(text: string): number {
  return cpuSecondsOf(() => {
    const findings = checkRules({ "rules.yml": text }, { scrapeInterval: "15s", retention: "15d" });
    if (findings.length > 0)
      throw new Error(`The rules of this benchmark are sound, yet: ${JSON.stringify(findings[0])}`);
  });
}

/** CPU seconds of promtool, by the shell's own count of what it has waited for. */
function promtoolSeconds(promtool: string, text: string): number {
  const script = '"$0" check rules --lint=none >/dev/null; times';
  const { stdout } = spawnSync("sh", ["-c", script, promtool], { input: text, encoding: "utf8" });
  const children = stdout.trim().split("\n").at(-1) ?? "";
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, m, s]) => sum + Number(m) * 60 + Number(s),
    0,
  );
}

const [textOfFew, textOfMany] = [rulesOf(few), rulesOf(many)];
lint(textOfFew); // compiled
const [ofFew, ofMany] = [lint(textOfFew), lint(textOfMany)];
console.log(`${String(many)} rules: ${ofMany.toFixed(2)} s of CPU`);
const verdicts = [
  verdict(`CPU seconds of ${String(many)} rules`, ofMany, 10),
  verdict(`a rule of ${String(many)} against one of ${String(few)}`, ofMany / many / (ofFew / few), 1.6),
];
const promtool = findProgram("promtool");
if (promtool !== undefined) {
  verdicts.push(
    verdict(`${String(many)} rules against promtool`, ofMany / promtoolSeconds(promtool, textOfMany), 20),
  );
}
console.log(verdicts.join("\n"));
if (verdicts.some((line) => line.startsWith("MISS"))) process.exitCode = 1;
