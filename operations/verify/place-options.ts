import { urlIn } from "../terminal/options";
import type { Places } from "./deployment";

/** The options of a command that say where the programs of a system are reached from here. */
export interface PlaceOptions {
  readonly prometheus?: string | undefined;
  /** One of each. */
  readonly alertmanager?: readonly string[] | undefined;
  readonly grafana?: string | undefined;
}

/**
 * The places that options name; the others are where the environment says.
 * @throws CommandError that names the option, unless each is an address of http or https
 */
export function placesIn({ prometheus, alertmanager, grafana }: PlaceOptions): Partial<Places> {
  return {
    ...(prometheus !== undefined && { prometheus: placeIn("--prometheus", prometheus) }),
    ...(alertmanager && { alertmanagers: alertmanager.map((each) => placeIn("--alertmanager", each)) }),
    ...(grafana !== undefined && { grafana: placeIn("--grafana", grafana) }),
  };
}

function placeIn(option: string, text: string): string {
  return urlIn(option, text).href.replace(/\/+$/, "");
}
