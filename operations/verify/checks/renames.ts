import { readingsOf } from "../../../signals/reads";
import { readableOf } from "../../../stacks/system";
import { ok, warning } from "../../checks/check";
import { isReady, renameStates } from "../renames/state";
import { finishCommand, readiness } from "../renames/told";
import type { VerifyCheck } from "../subject";

/** How far the metrics are that are being renamed; says nothing where none is. */
export const renamesCheck: VerifyCheck = {
  name: "Renames",
  timeLimitMs: 19_000,
  async run({ deployment, prometheus, grafana, withoutPrometheus }) {
    const { renamings } = deployment;
    if (renamings.length === 0 || (await withoutPrometheus) !== undefined) return [];
    const readings = readingsOf(readableOf(deployment.environment));
    const states = await renameStates(renamings, { prometheus, grafana, readings });
    return states.map((state) =>
      isReady(state)
        ? ok(`${readiness(state)}; ready: ${finishCommand(state)}`)
        : warning(
            readiness(state),
            `Then: ${finishCommand(state)}. Until then both names are read, and nothing is lost.`,
          ),
    );
  },
};
