import type { Past } from "../../past/past";
import { many } from "../../page/words";
import { shortTime } from "../../page/zoned";
import type { Outcome, Range } from "./outcome";

/** What a replay cannot know, a sentence each: what holds for all of them, and what was found in this one. */
export function unknownOf(
  outcomes: readonly Outcome[],
  past: Past,
  range: Range,
  zone: string,
): readonly string[] {
  const gaps = past.gaps.filter(({ from, to }) => to >= range.from && from <= range.to);
  const computed = [...new Set(outcomes.flatMap(({ replayed }) => replayed.computedRecords))];
  const lost = outcomes.flatMap(({ version, replayed }) =>
    replayed.notReplayed.map(({ rule, why }) => `${rule.name} of ${version.name} was not replayed: ${why}`),
  );
  const limited = outcomes.flatMap(({ version, replayed }) =>
    replayed.overLimit.map(
      ({ rule, evaluations }) =>
        `${rule.name} of ${version.name} gave more than its group's limit of ${String(rule.group.limit)} at ${many(evaluations, "evaluation")}: ` +
        (rule.kind === "alert"
          ? "Prometheus forgets its alerts then, and Alertmanager takes them for over some minutes later than it is shown here."
          : "Prometheus records nothing then."),
    ),
  );
  return [
    ...lost,
    ...limited,
    ...gaps.map(
      ({ from, to }) =>
        `Nothing was recorded from ${shortTime(from, zone)} to ${shortTime(to, zone)}: what would have fired then nobody knows.`,
    ),
    ...(past.from > range.from - 3_600_000
      ? [
          `The samples begin at ${shortTime(past.from, zone)}: what had held for longer by then counts from there.`,
        ]
      : []),
    ...(computed.length > 0
      ? [
          `${String(computed.length)} recorded series are not in the past as the versions make them, and were computed: ${computed.slice(0, 6).join(", ")}${computed.length > 6 ? ", …" : ""}.`,
        ]
      : []),
    "Silences, restarts of Prometheus or Alertmanager, and messages that a service refused are not in it: each message counts as delivered at once.",
    "Rules see each sample from its own time on; a Prometheus that is busy sees it a moment later, which moves an alert by one evaluation at most.",
    "Series that a version would have measured anew are not in the past: what reads them has fired nothing.",
  ];
}
