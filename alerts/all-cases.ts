import type { AlertCase } from "./cases";
import { objectiveCases } from "./objective.cases";
import { alertmanagerClusterCases } from "./rules/alertmanager-cluster.cases";
import { containerCases } from "./rules/containers.cases";
import { discoveryCases } from "./rules/discovery.cases";
import { edgeCases } from "./rules/edge.cases";
import { filesystemCases } from "./rules/filesystems.cases";
import { grafanaCases } from "./rules/grafana.cases";
import { hostCases } from "./rules/hosts.cases";
import { jaegerCases } from "./rules/jaeger.cases";
import { logShipperCases } from "./rules/log-shipper.cases";
import { lokiCases } from "./rules/loki.cases";
import { monitoringCases } from "./rules/monitoring.cases";
import { storageCases } from "./rules/prometheus-storage.cases";
import { agentCases } from "./rules/prometheus-agents.cases";
import { remoteWriteCases } from "./rules/remote-write.cases";
import { scrapeCases } from "./rules/scrapes.cases";
import { probeCases } from "./rules/probes.cases";
import { serviceCases } from "./rules/services.cases";

import { trafficCases } from "./rules/traffic.cases";

/** The cases of the alerts that every system has and that somebody may be told of. */
export const standardCases: readonly AlertCase[] = [
  ...serviceCases,
  ...trafficCases,
  ...probeCases,
  ...hostCases,
  ...discoveryCases,
  ...filesystemCases,
  ...containerCases,
  ...monitoringCases,
  ...scrapeCases,
  ...storageCases,
  ...remoteWriteCases,
  ...agentCases,
  ...alertmanagerClusterCases,
  ...grafanaCases,
  ...jaegerCases,
  ...logShipperCases,
  ...lokiCases,
  ...edgeCases,
  ...objectiveCases,
];
