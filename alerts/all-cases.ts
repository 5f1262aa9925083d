import type { AlertCase } from "./cases";
import { objectiveCases } from "./objective.cases";
import { containerCases } from "./rules/containers.cases";
import { filesystemCases } from "./rules/filesystems.cases";
import { hostCases } from "./rules/hosts.cases";
import { monitoringCases } from "./rules/monitoring.cases";
import { serviceCases } from "./rules/services.cases";

/** The cases of the alerts that every system has and that somebody may be told of. */
export const standardCases: readonly AlertCase[] = [
  ...serviceCases,
  ...hostCases,
  ...filesystemCases,
  ...containerCases,
  ...monitoringCases,
  ...objectiveCases,
];
