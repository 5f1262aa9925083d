import { byProgram } from "../../services/programs";
import { startServices, type RunningServices, type ServicesOptions } from "../../demo/services";

/** The services at free ports, with hashes that cost little. */
export function startTestServices(
  options: Omit<ServicesOptions, "ports" | "metricsPorts"> = {},
): Promise<RunningServices> {
  return startServices({
    ...options,
    metricsPorts: byProgram(() => 0),
    ports: byProgram(() => 0),
    env: {
      LOG_LEVEL: "error",
      PASSWORD_COST: "10",
      PASSWORD_PARALLELIZATION: "1",
      OTEL_BSP_SCHEDULE_DELAY: "200",
      ...options.env,
    },
  });
}
