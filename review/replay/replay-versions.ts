import { basename } from "node:path";
import { groupPhases } from "../past/group-phase";
import type { Past } from "../past/past";
import { RememberingPast } from "../past/remembering-past";
import type { Version } from "../version/version";
import { alertLabels } from "./alert-labels";
import type { Firing } from "./firing";
import { type NotReplayed, Replay } from "./replay";
import { type ReplayGroup, replayRules, type ReplayRule } from "./rules";

/** What of a version its rules are replayed by. */
export type ReplayedVersion = Pick<Version, "ruleFiles" | "evaluationInterval" | "externalLabels">;

/** What the rules of a version would have done. */
export interface Replayed {
  readonly rules: readonly ReplayRule[];
  readonly firings: readonly Firing[];
  readonly notReplayed: readonly NotReplayed[];
  /** Rules that gave more than their groups allow, with the number of evaluations at which they did. */
  readonly overLimit: readonly { readonly rule: ReplayRule; readonly evaluations: number }[];
  /** Names of recorded series that the past lacks, or that it has of other rules. */
  readonly computedRecords: readonly string[];
}

/** How far a replay is, from 0 to 1. */
export type OnProgress = (share: number) => void;

/** Evaluations of so much time are in memory at once. */
const pieceMs = 24 * 3_600_000;
/** Where the rules are in Prometheus's container. */
const rulesFolder = "/etc/prometheus/rules";

/** What of the past is replayed, and when in it. */
export interface ReplayedTime {
  /** Milliseconds of Unix time. */
  readonly from: number;
  /** The last time. */
  readonly to: number;
  readonly onProgress?: OnProgress | undefined;
  /** When in its interval a group is evaluated, in milliseconds. Default: when Prometheus does it. */
  readonly phaseOf?: ((group: ReplayGroup) => number) | undefined;
}

/** Replays the rules of several versions over the same past. What they ask alike is asked once. */
export async function replayVersions(
  versions: readonly ReplayedVersion[],
  past: Past,
  { from, to, onProgress = () => undefined, phaseOf: given }: ReplayedTime,
): Promise<readonly Replayed[]> {
  const phaseOf = given ?? (await prometheusPhases(past));
  const remembering = new RememberingPast(past);
  const replays = versions.map(({ ruleFiles, evaluationInterval, externalLabels }) => {
    const rules = replayRules(ruleFiles, evaluationInterval);
    const outside = { externalLabels, externalUrl: "" };
    const labelsOf = (rule: ReplayRule) => alertLabels(rule, outside);
    const settings = { rules, phaseOf, labelsOf, externalLabels, from, to };
    return { rules, replay: new Replay(remembering, settings) };
  });
  const start = Math.min(from, ...replays.map(({ replay }) => replay.start));
  const pieces = Math.max(1, Math.ceil((to + 1 - start) / pieceMs));
  const all = pieces * replays.reduce((sum, { replay }) => sum + replay.rules.length, 0);
  let done = 0;
  for (let piece = 0; piece < pieces; piece += 1) {
    const [begin, end] = [start + piece * pieceMs, Math.min(to + 1, start + (piece + 1) * pieceMs)];
    for (const { replay } of replays) {
      await replay.advance(begin, end, () => {
        done += 1;
        onProgress(done / all);
      });
    }
    remembering.forget();
  }
  return replays.map(({ rules, replay }) => ({
    rules,
    firings: replay.firings(),
    notReplayed: replay.notReplayed,
    overLimit: [...replay.overLimit].map(([rule, evaluations]) => ({ rule, evaluations })),
    computedRecords: replay.computedRecords,
  }));
}

/** When a Prometheus evaluates groups: by the path of the file as it knew it, or as ours do. */
async function prometheusPhases(past: Past): Promise<(group: ReplayGroup) => number> {
  const phase = await groupPhases();
  return ({ file, name, interval }) => {
    const known = past.groups.find((group) => group.name === name && basename(group.file) === basename(file));
    return phase({ name, file: known?.file ?? `${rulesFolder}/${file}` }, interval);
  };
}
