import { ok, problem } from "../../checks/check";
import { withoutCredentials } from "../../terminal/credentials";
import type { VerifyCheck } from "../subject";

/** Whether Prometheus is reached and ready. */
export const prometheusCheck: VerifyCheck = {
  name: "Prometheus",
  timeLimitMs: 15_000,
  async run({ prometheus, withoutPrometheus }) {
    const reason = await withoutPrometheus;
    if (reason === undefined) return [ok(`${withoutCredentials(prometheus.url)} is ready`)];
    return [
      problem(
        `cannot be asked: ${reason}`,
        "See whether it runs. Where it is reached by another URL from here: --prometheus URL.",
      ),
    ];
  },
};
