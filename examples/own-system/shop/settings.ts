import { type OwnThresholds, wholeThreshold } from "../alerts/threshold";
import type { Thresholds } from "../alerts/thresholds";

const thresholds = {
  seatsFewFree: wholeThreshold("free seats", "seats", 5, [1, 100_000]),
} as const satisfies OwnThresholds;

export const settings = { thresholds, audiences: {} } as const;
export type OwnSettings = Thresholds<keyof typeof thresholds>;
