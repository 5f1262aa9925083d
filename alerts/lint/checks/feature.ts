import { textAt } from "../../../metrics/promql-analysis";
import type { Check } from "../rule";

/** Prometheus takes experimental syntax only where it was told to, and otherwise none of the file's rules. */
export const feature: Check = {
  name: "feature",
  summary:
    "What needs a feature flag is used where Prometheus has the flag; checked where its flags are told.",
  check({ parsed }, { features }) {
    if (features === undefined) return [];
    return parsed.features
      .filter((use) => !features.has(use.feature))
      .map(
        (use) =>
          `"${textAt(parsed, use)}" needs a Prometheus with --enable-feature=${use.feature}: ` +
          "set the flag, or write it without.",
      );
  },
};
