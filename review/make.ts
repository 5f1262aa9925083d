import { PrometheusClient } from "../operations/clients/prometheus-client";
import { measureVolume } from "./cost/measured-volume";
import type { CostSettings } from "./cost/change";
import { readForeign, type ForeignFiles } from "./impact/foreign/foreign";
import { foreignReadsOf } from "./impact/foreign/reads";
import { impactOf } from "./impact/impact-of";
import type { LooksSettings } from "./looks/draw-changed";
import type { Review, SkippedPart } from "./page/data/review";
import { alertsPartOf } from "./parts/alerts/alerts-part";
import { outcomesOf, type Range } from "./parts/alerts/outcome";
import { sweepOf } from "./parts/alerts/sweep";
import { costPartOf } from "./parts/cost-part";
import { looksPartOf } from "./parts/looks-part";
import type { Past } from "./past/past";
import type { SweptSetting } from "./version/setting-text";
import type { Version } from "./version/version";

/** What a review is made of. */
export interface ReviewInput {
  readonly before: Version;
  readonly after: Version;
  /** Undefined where there is none: alerts are not replayed. */
  readonly past: Past | undefined;
  readonly range: Range;
  /** IANA name. Default: that of the after version. */
  readonly zone?: string;
  /** URL of the Prometheus whose series are counted. Default: none are. */
  readonly prometheus?: string;
  /** A setting with the after version for each of its values. Default: none is tried. */
  readonly sweep?: { readonly setting: SweptSetting; readonly versions: readonly Version[] };
  /** Folders of what others made that reads ours. */
  readonly foreign: readonly string[];
  /** Settings that were tried, as they were typed. */
  readonly tried: readonly string[];
  /** As it was typed, without credentials. */
  readonly command: string;
  /** What pictures show. */
  readonly looks: LooksSettings;
}

/** How far a review is. */
export type OnStep = (step: string, share?: number) => void;

/**
 * Makes a review. A part that fails is told as such, and the others are made.
 * @param onStep is told what is being done, and how far it is where that takes long
 */
export async function makeReview(input: ReviewInput, onStep: OnStep): Promise<Review> {
  const { before, after, past, range } = input;
  const zone = input.zone ?? after.timezone;
  const took: { what: string; seconds: number }[] = [];
  const part = async <T extends object>(what: string, make: () => Promise<T>): Promise<T | SkippedPart> => {
    const start = performance.now();
    onStep(what);
    try {
      return await make();
    } catch (error) {
      return { skipped: error instanceof Error ? error.message : String(error) };
    } finally {
      took.push({ what, seconds: Math.round((performance.now() - start) / 100) / 10 });
    }
  };
  let read: ForeignFiles | undefined;
  const foreign = () => (read ??= readForeign(input.foreign));
  const alerts = await part("Replaying the alerts", () => alertsOf(input, zone, onStep));
  const impact = await part("Looking for what breaks", () => {
    const { findings, notes } = impactOf(before, after, foreign());
    return Promise.resolve({ findings, notes });
  });
  const cost = await part("Counting series", async () =>
    costPartOf(before, after, await costSettings(input, foreign())),
  );
  const looks = await part("Drawing what changes", () => looksPartOf(before, after, input.looks));
  return {
    format: 1,
    made: {
      environment: after.environment,
      before: before.name,
      after: after.name,
      zone,
      past: past && { source: past.name, ...range },
      tried: input.tried,
      command: input.command,
      at: Date.now(),
      took,
    },
    alerts,
    impact,
    looks,
    cost,
  };
}

async function alertsOf({ before, after, past, range, sweep }: ReviewInput, zone: string, onStep: OnStep) {
  if (past === undefined) {
    throw new Error(
      "No past was named: --prometheus URL replays the alerts over what a Prometheus has, --recorded DIR over recorded samples, --example over a recorded week.",
    );
  }
  const versions = [before, after, ...(sweep?.versions ?? [])];
  const outcomes = await outcomesOf(versions, past, range, (share) => {
    onStep("Replaying the alerts", share);
  });
  const [one, other, ...swept] = outcomes;
  if (one === undefined || other === undefined) throw new Error("There is no version.");
  const alerts = await alertsPartOf(one, other, past, range, zone);
  if (sweep === undefined) return alerts;
  const { path, values } = sweep.setting;
  const points = swept.map((outcome, index) => ({ value: values[index] ?? NaN, outcome }));
  return { ...alerts, sweep: sweepOf(path.join("."), points, zone) };
}

async function costSettings(
  { prometheus, after }: ReviewInput,
  foreign: ForeignFiles,
): Promise<CostSettings> {
  const measured =
    prometheus === undefined
      ? undefined
      : await measureVolume(new PrometheusClient(prometheus), after.volume);
  const jobs = [...after.volume.jobs, ...(measured?.jobs ?? [])];
  const names = jobs.flatMap(({ series }) => series.map(({ name }) => name));
  return { ...(measured && { measured }), foreignReads: foreignReadsOf(foreign, names) };
}
