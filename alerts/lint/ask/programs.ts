import type { Finding } from "../lint";
import type { ReadGroup } from "../read-rules";
import type { Answer } from "./answer";
import { askPint } from "./pint";
import { askPromtool } from "./promtool";

/** Paths of the programs that are installed. */
export interface Programs {
  readonly promtool?: string;
  readonly pint?: string;
}

/** Asks those that are installed. */
export function askPrograms(
  { promtool, pint }: Programs,
  groups: readonly ReadGroup[],
  features: readonly string[] | undefined,
): Answer[] {
  return [
    ...(promtool === undefined ? [] : [askPromtool(promtool, groups, features)]),
    ...(pint === undefined ? [] : [askPint(pint, groups)]),
  ];
}

/** What the checks find that Prometheus refuses. */
const refusals = ["syntax", "template", "feature", "form"];

/** Of another program's findings those that were not found here: what it refuses is told once. */
export function unknownTo(own: readonly Finding[], { findings }: Answer): Finding[] {
  const refused = new Set(own.filter(({ check }) => refusals.includes(check)).map(keyOf));
  return findings.filter(
    (finding) => !["promtool", "pint promql/syntax"].includes(finding.check) || !refused.has(keyOf(finding)),
  );
}

function keyOf({ file, group, rule }: Finding): string {
  return JSON.stringify([file, group, rule]);
}
