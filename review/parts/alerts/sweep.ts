import type { Sweep } from "../../page/data/alerts";
import { audiencesOf } from "./audience";
import { byRule } from "./alert-changes";
import { toPeople } from "./alerts-part";
import type { Outcome } from "./outcome";
import { tallyOf } from "./tally";

/** Messages by the value of a setting. @param outcomes of the after version with each value */
export function sweepOf(
  setting: string,
  outcomes: readonly { readonly value: number; readonly outcome: Outcome }[],
  zone: string,
  { before, after }: Pick<Sweep, "before" | "after"> = {},
): Sweep {
  const points = outcomes.map(({ value, outcome }) => {
    const ruled = byRule(outcome, (rules) => audiencesOf(outcome.configuration, rules));
    const told = toPeople(ruled);
    const woken = told.filter(({ receiver }) => ruled.audiences.get(receiver) === "wakes");
    return { value, told: tallyOf(told, zone), woken: tallyOf(woken, zone) };
  });
  return {
    setting,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    points: points.sort((one, other) => one.value - other.value),
  };
}
