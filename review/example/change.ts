/**
 * A change of an environment's settings, as an example of what a review shows: a threshold of latency that is too low, as of a
 * team that wants to hear of it earlier, and one of errors that is too high.
 */
export const exampleSettings: readonly string[] = [
  "alerting.thresholds.latencyP95Warning=0.2",
  "alerting.thresholds.latencyP95Critical=0.27",
  "alerting.thresholds.errorRatioCritical=0.2",
];
