/** A change of an environment's settings, as an example of what a review shows: warnings that come earlier, and by day alone. */
export const exampleSettings: readonly string[] = [
  "alerting.thresholds.latencyP95Warning=0.25",
  "alerting.thresholds.errorRatioCritical=0.2",
];
