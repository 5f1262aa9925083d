import type { AlertCase } from "./cases";
import { objectiveCases } from "./objective.cases";
import { businessCases } from "./rules/business.cases";
import { containerCases } from "./rules/containers.cases";
import { filesystemCases } from "./rules/filesystems.cases";
import { hostCases } from "./rules/hosts.cases";
import { monitoringCases } from "./rules/monitoring.cases";
import { serviceCases } from "./rules/services.cases";

/** The cases of all alerts that somebody may be told of. */
export const alertCases: readonly AlertCase[] = [
  ...serviceCases,
  ...businessCases,
  ...hostCases,
  ...filesystemCases,
  ...containerCases,
  ...monitoringCases,
  ...objectiveCases,
];
