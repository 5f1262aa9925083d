import { alerts } from "./alerts";
import { dashboards } from "./dashboards";
import { catalogue } from "./metrics/catalogue";
import { conversion } from "./recorded";

/** The system that is watched: what its services measure, and what is shown and told of it besides what all have. */
export const system = { catalogue, records: [conversion], alerts, dashboards } as const;

/** Its type. */
export type System = typeof system;
