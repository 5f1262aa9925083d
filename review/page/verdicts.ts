import { firingOf, toldOf } from "./tallies";
import { clip, count, difference, list, many, percent } from "./words";
import { isMade, type Review, type SkippedPart } from "./data/review";
import type { AlertsPart } from "./data/alerts";
import type { CostPart } from "./data/cost";
import type { ImpactPart } from "./data/impact";
import type { LooksPart } from "./data/looks";
import { nightInWords } from "./zoned";

/** From the worst to the best; `skipped` says nothing of it. */
export const states = ["block", "warn", "change", "same", "skipped"] as const;
export type State = (typeof states)[number];

/** What a state is called, after a sign that needs no colour. */
export const stateInWords: Readonly<Record<State, string>> = {
  block: "✗ do not merge",
  warn: "▲ look",
  change: "≠ changes",
  same: "✓ same",
  skipped: "– not looked at",
};

export type PartName = "alerts" | "impact" | "looks" | "cost";

/** What a part says in a line. */
export interface PartVerdict {
  readonly part: PartName;
  readonly title: string;
  readonly state: State;
  readonly sentence: string;
}

/** How much more is worth a look: a tenth. */
const dearer = 1.1;

/** A line for each part, in the order in which they are read. */
export function verdictsOf({ alerts, impact, looks, cost }: Review): readonly PartVerdict[] {
  return [
    { part: "alerts", title: "Who would have been woken", ...verdictOf(alerts, alertsVerdict) },
    { part: "impact", title: "What breaks", ...verdictOf(impact, impactVerdict) },
    { part: "looks", title: "What it looks like", ...verdictOf(looks, looksVerdict) },
    { part: "cost", title: "What it costs", ...verdictOf(cost, costVerdict) },
  ];
}

/** The worst of these. */
export function worstOf(verdicts: readonly { readonly state: State }[]): State {
  return states.find((state) => verdicts.some((verdict) => verdict.state === state)) ?? "skipped";
}

type Said = Pick<PartVerdict, "state" | "sentence">;

function verdictOf<T extends object>(part: T | SkippedPart, say: (part: T) => Said): Said {
  const said: Said = isMade(part) ? say(part) : { state: "skipped", sentence: part.skipped };
  return { ...said, sentence: clip(said.sentence, 600) };
}

/** The sentence that a review is about: `Messages that wake: 3 before, 41 after, 12 of them between 22:00 and 7:00.` */
export function wokenInWords(part: AlertsPart): string {
  const hasWaking = part.receivers.some(({ audience }) => audience === "wakes");
  const { before, after } = toldOf(part, hasWaking ? ["wakes"] : ["people"]);
  const [was, is] = [firingOf(before), firingOf(after)];
  const what = hasWaking ? "Messages that wake" : "Messages";
  const nights = is === 0 ? "" : `, ${count(after.night)} of them between ${nightInWords}`;
  return `${what}: ${count(was)} before, ${count(is)} after${nights}.`;
}

function alertsVerdict(part: AlertsPart): Said {
  const woken = toldOf(part, ["wakes"]);
  const told = toldOf(part, ["wakes", "people"]);
  const [was, is] = [firingOf(told.before), firingOf(told.after)];
  const gone = part.alerts.filter(({ change }) => change === "gone");
  const unheard = part.untold.filter(({ why, before, after }) => why === "no receiver" && after > before);
  const sentences = [
    wokenInWords(part),
    `Messages that something fires: ${count(was)} before, ${count(is)} after.`,
    gone.length > 0 ? `Gone: ${list(gone.map(({ alert }) => alert))}.` : "",
    unheard.length > 0 ? `Nobody is told of ${list(unheard.map(({ alert }) => alert))}.` : "",
  ];
  const isWorse = firingOf(woken.after) > firingOf(woken.before) || gone.length > 0 || unheard.length > 0;
  const isSame = was === is && part.alerts.every(({ change }) => change === "same");
  return {
    state: isWorse ? "warn" : isSame ? "same" : "change",
    sentence: sentences.filter((sentence) => sentence !== "").join(" "),
  };
}

function impactVerdict({ findings }: ImpactPart): Said {
  const of = (verdict: string) => findings.filter((finding) => finding.verdict === verdict);
  const [blocks, warns, passes] = [of("block"), of("warn"), of("pass")];
  const sentences = [
    blocks.length > 0
      ? `${many(blocks.length, "change")} must not be merged so: ${list(blocks.map(({ subject }) => subject.name))}.`
      : "",
    warns.length > 0
      ? `${many(warns.length, "change")} to look at: ${list(warns.map(({ subject }) => subject.name))}.`
      : "",
    passes.length > 0 ? `${many(passes.length, "change")} of what nothing reads.` : "",
    findings.length === 0 ? "Nothing that is read is gone, renamed or different." : "",
  ];
  const state =
    blocks.length > 0 ? "block" : warns.length > 0 ? "warn" : passes.length > 0 ? "change" : "same";
  return { state, sentence: sentences.filter((sentence) => sentence !== "").join(" ") };
}

function looksVerdict({ dashboards, messages, routing, proofs }: LooksPart): Said {
  const changed = [
    dashboards.length > 0 ? many(dashboards.length, "dashboard") : "",
    messages.length > 0 ? many(messages.length, "message") : "",
    routing.length > 0
      ? `the routes of ${many(new Set(routing.map(({ alert }) => alert)).size, "alert")}`
      : "",
  ].filter((text) => text !== "");
  const changes = changed.length === 0 ? "Nothing looks different." : `Different: ${list(changed)}.`;
  const worst = ["refuted", "not proven"].flatMap((verdict) =>
    proofs.filter((proof) => proof.verdict === verdict),
  )[0];
  const state =
    worst?.verdict === "refuted" ? "block" : worst ? "warn" : changed.length > 0 ? "change" : "same";
  return { state, sentence: worst ? `${worst.sentence} ${changes}` : changes };
}

function costVerdict({ totals, unused, relabelling }: CostPart): Said {
  const total = totals.find(({ before, after }) => before && after) ?? totals[0];
  if (!total) return { state: "skipped", sentence: "Nothing was counted." };
  const { before, after, source } = total;
  const [was, is] = [before?.series ?? 0, after?.series ?? 0];
  const share =
    was > 0 && was !== is ? ` (${difference(was, is)}, ${percent(Math.abs(is - was) / was)})` : "";
  const saved = relabelling.reduce((sum, { series }) => sum + series, 0);
  const rest =
    unused.length === 0
      ? ""
      : ` ${many(unused.length, "metric")} that nothing reads${saved > 0 ? `: to leave them out saves ${percent(saved)} of the series` : ""}.`;
  const isSame = was === is && before?.samplesPerSecond === after?.samplesPerSecond;
  return {
    state: is > was * dearer ? "warn" : isSame ? "same" : "change",
    sentence: `${count(was)} series before, ${count(is)} after${share}, ${source}.${rest}`,
  };
}
