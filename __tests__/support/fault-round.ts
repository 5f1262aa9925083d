import fc from "fast-check";
import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "../../demo/demo";
import type { Fault } from "../../demo/faults/fault";
import type { SmallFileSystem } from "../../demo/faults/small-file-system";
import {
  diskFull,
  failing,
  failingOrders,
  failingValidations,
  killed,
  openShop,
  ordersFailing,
  ordersMissing,
  slow,
  withoutMetrics,
} from "./demo-faults";

/** A fault of a round: when it begins after the round's beginning, and how long it lasts. Milliseconds. */
export interface PlannedFault {
  readonly name: string;
  readonly startMs: number;
  readonly lengthMs: number;
}

/** Names of all faults of a demo; that of the full disk where one can be made. */
export const faultNames = [
  "killed",
  "slow",
  "failing",
  "failing orders",
  "failing validations",
  "orders missing",
  "orders failing",
  "without metrics",
  "disk full",
] as const;

/** These are of one program: they take turns. */
const ofGateway = ["killed", "without metrics"];

/**
 * Faults in random order, overlap and length.
 * @param choice all of them, each for long enough to be told; or some of them, some of which are over before that
 */
export function plannedRound(seed: number, names: readonly string[], choice: "all" | "some"): PlannedFault[] {
  const chosen =
    choice === "all"
      ? fc.shuffledSubarray([...names], { minLength: names.length })
      : fc.shuffledSubarray([...names], { minLength: 3 });
  const times = fc.record({
    startMs: fc.integer({ min: 0, max: 40_000 }),
    lengthMs: fc.integer({ min: choice === "all" ? 30_000 : 3_000, max: 50_000 }),
  });
  const round = chosen.chain((some) =>
    fc
      .array(times, { minLength: some.length, maxLength: some.length })
      .map((all) => all.map((each, index) => ({ name: some[index] ?? "", ...each }))),
  );
  return fc.sample(round, { seed, numRuns: 1 }).flat();
}

/** Lets the faults of a round happen on a demo; resolves when all are mended. */
export async function playRound(
  demo: Demo,
  planned: readonly PlannedFault[],
  disk: SmallFileSystem | undefined,
): Promise<void> {
  const shop = await openShop(demo.serviceUrls, demo.speed);
  const faultOf = (name: string): Fault => {
    switch (name) {
      case "killed":
        return killed(demo);
      case "slow":
        return slow(shop);
      case "failing":
        return failing(shop);
      case "failing orders":
        return failingOrders(shop);
      case "failing validations":
        return failingValidations(shop);
      case "orders missing":
        return ordersMissing(shop);
      case "orders failing":
        return ordersFailing(shop);
      case "without metrics":
        return withoutMetrics(demo);
      default:
        if (disk === undefined) throw new Error(`There is no fault "${name}" here.`);
        return diskFull(disk);
    }
  };
  const play = async ({ name, startMs, lengthMs }: PlannedFault): Promise<Fault> => {
    const fault = faultOf(name);
    await sleep(startMs);
    await fault.before?.();
    await fault.begin();
    await sleep(lengthMs);
    await fault.mend();
    return fault;
  };
  const inTurn = async (some: readonly PlannedFault[]) => {
    const played: Fault[] = [];
    for (const each of some) played.push(await play(each));
    return played;
  };
  const isGateways = ({ name }: PlannedFault) => ofGateway.includes(name);
  const all = await Promise.all([
    inTurn(planned.filter(isGateways)),
    ...planned.filter((each) => !isGateways(each)).map((each) => inTurn([each])),
  ]);
  for (const fault of all.flat()) await fault.after?.();
}
