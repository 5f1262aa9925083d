import { spawnSync } from "node:child_process";
import type { Feature } from "../../../metrics/promql-analysis";
import type { Finding } from "../lint";
import type { ReadGroup } from "../read-rules";
import { named, type Answer } from "./answer";

/** `…: group "services", rule 3, "ServiceDown": could not parse expression: …`. */
const refusal = /group "((?:[^"\\]|\\.)*)", rule (\d+), (?:"(?:[^"\\]|\\.)*"): (.*)$/;
/** What needs a flag that nobody told of is no mistake. */
const unflagged = /(?:not|must be) enabled/;
/** Of the flags that Prometheus has, those that promtool has as well. */
const promtoolFeatures: readonly Feature[] = [
  "promql-experimental-functions",
  "promql-duration-expr",
  "promql-extended-range-selectors",
];

/**
 * Asks promtool for the rules of files, as they were read: it takes no resources of Kubernetes, and stops at the first
 * unknown field.
 * @param program path of promtool.
 * @param features flags of Prometheus; default: all that promtool has.
 */
export function askPromtool(
  program: string,
  groups: readonly ReadGroup[],
  features?: readonly string[],
): Answer {
  const version = spawnSync(program, ["--version"], { encoding: "utf8" });
  const enabled = features ?? promtoolFeatures;
  const flags = enabled.length === 0 ? [] : [`--enable-feature=${enabled.join(",")}`];
  const files = [...new Set(groups.map(({ file }) => file))];
  const findings = files.flatMap((name) => {
    const ofFile = groups.filter(({ file }) => file === name);
    const { stdout, stderr } = spawnSync(program, [...flags, "check", "rules", "--lint=none"], {
      input: JSON.stringify({ groups: ofFile.map(written) }),
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    const lines = `${stdout}\n${stderr}`
      .split("\n")
      .filter((line) => features !== undefined || !unflagged.test(line));
    return lines.flatMap((line) => findingOf(line, ofFile));
  });
  return {
    asked: named("promtool", /version (\d\S+)/.exec(version.stdout + version.stderr)?.[0] ?? ""),
    findings,
  };
}

function findingOf(line: string, groups: readonly ReadGroup[]): Finding[] {
  const [, group, number, message] = refusal.exec(line) ?? [];
  const rule = groups[Number(group)]?.rules[Number(number) - 1];
  if (rule === undefined || message === undefined) return [];
  const { file, group: name, place } = rule;
  return [
    { file, line: place.line, group: name, rule: rule.name, check: "promtool", message: `${message}.` },
  ];
}

/** Names of groups repeat in files of several resources: a number stands for each. */
function written({ interval, limit, rules }: ReadGroup, index: number) {
  return {
    name: String(index),
    interval,
    limit,
    rules: rules.map(({ kind, name, expr, for: wait, keepFiringFor, labels, annotations }) => ({
      [kind]: name,
      expr,
      labels,
      ...(kind === "alert" && { for: wait, keep_firing_for: keepFiringFor, annotations }),
    })),
  };
}
