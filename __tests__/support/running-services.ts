import { byProgram } from "../../services/programs";
import { startServices, type RunningServices, type ServicesOptions } from "../../demo/services";
import { cheapPasswords } from "./cheap-passwords";

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
      ...cheapPasswords,
      OTEL_BSP_SCHEDULE_DELAY: "200",
      ...options.env,
    },
  });
}
