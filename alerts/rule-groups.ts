import { servicesOf } from "../metrics/catalogue";
import { monitoringJobs } from "../metrics/exporters";
import type { Feed } from "../metrics/feed";
import { everyNeed } from "../metrics/needs";
import { refusingProblems } from "../metrics/problems";
import { records } from "../metrics/recorded";
import { remembered } from "../metrics/remembered";
import { edgePrograms } from "../metrics/targets";
import { objectivesOf } from "./objectives";
import { recordingRules } from "./recording";
import { checkGroups } from "./rule-checks";
import { pagesOf, type OwnAlerts } from "./own-alerts";
import { recordAlert, withWhatCanFire } from "./fed-rules";
import { isAlert, type RuleGroups, type RuleSettings } from "./rule";
import { alertmanagerClusterAlerts } from "./rules/alertmanager-cluster";
import { containerAlerts } from "./rules/containers";
import { discoveryAlerts } from "./rules/discovery";
import { edgeAlerts } from "./rules/edge";
import { filesystemAlerts } from "./rules/filesystems";
import { grafanaAlerts } from "./rules/grafana";
import { hostAlerts } from "./rules/hosts";
import { jaegerAlerts } from "./rules/jaeger";
import { logShipperAlerts } from "./rules/log-shipper";
import { lokiAlerts } from "./rules/loki";
import { monitoringAlerts, watchdog } from "./rules/monitoring";
import type { OwnPages } from "./routing/page-once";
import { agentAlerts } from "./rules/prometheus-agents";
import { storageAlerts } from "./rules/prometheus-storage";
import { recentFaultAlerts } from "./rules/recent-faults";
import { remoteWriteAlerts } from "./rules/remote-write";
import { scrapeAlerts } from "./rules/scrapes";
import { probeAlerts } from "./rules/probes";
import { serviceAlerts } from "./rules/services";
import { trafficAlerts } from "./rules/traffic";
import type { Thresholds } from "./thresholds";

/** Files in which groups of rules are written. */
const sources = {
  services: "alerts/rules/services.ts",
  traffic: "alerts/rules/traffic.ts",
  probes: "alerts/rules/probes.ts",
  hosts: "alerts/rules/hosts.ts",
  discovery: "alerts/rules/discovery.ts",
  filesystems: "alerts/rules/filesystems.ts",
  containers: "alerts/rules/containers.ts",
  scrapes: "alerts/rules/scrapes.ts",
  storage: "alerts/rules/prometheus-storage.ts",
  remoteWrite: "alerts/rules/remote-write.ts",
  agents: "alerts/rules/prometheus-agents.ts",
  cluster: "alerts/rules/alertmanager-cluster.ts",
  grafana: "alerts/rules/grafana.ts",
  jaeger: "alerts/rules/jaeger.ts",
  logShipper: "alerts/rules/log-shipper.ts",
  loki: "alerts/rules/loki.ts",
  edge: "alerts/rules/edge.ts",
  monitoring: "alerts/rules/monitoring.ts",
  objectives: "alerts/objectives.ts",
} as const;

/** The rules of an environment, and which series somebody writes there: its targets, and these rules. */
export interface FedRules {
  readonly groups: RuleGroups;
  readonly feed: Feed;
}

/**
 * All groups of rules: those that every system has, and a system's own. What a group reads comes before it. A rule that
 * can give nothing here is left out.
 * @throws DefinitionError when a rule is not as its type says
 */
export function ruleGroups<T extends Thresholds>(settings: RuleSettings<T>, own: OwnAlerts<T>): RuleGroups {
  return fedRules(settings, own).groups;
}

/**
 * The same, with what is written in the environment.
 * @throws DefinitionError when a rule is not as its type says
 */
export function fedRules<T extends Thresholds>(settings: RuleSettings<T>, own: OwnAlerts<T>): FedRules {
  return refusingProblems(() => checkedRules({ ...settings, own: own as OwnAlerts }));
}

/**
 * The same, as if every service of the catalogue were there and all that can be watched: what an environment leaves out is
 * seen beside it.
 */
export function everyRule<T extends Thresholds>(settings: RuleSettings<T>, own: OwnAlerts<T>): FedRules {
  const services = [...new Set([...settings.services, ...servicesOf(settings.catalogue)])];
  const agentShards = settings.agentShards.length > 0 ? settings.agentShards : [["<agent>"]];
  return fedRules(
    {
      ...settings,
      services,
      publicPrograms: edgePrograms,
      discoveredServices: services,
      monitoringJobs,
      agentShards,
      given: everyNeed,
    },
    own,
  );
}

interface Settings extends RuleSettings {
  readonly own: OwnAlerts;
}

const of = [
  "services",
  "publicServices",
  "publicPrograms",
  "discoveredServices",
  "leastMachines",
  "agentShards",
  "monitoringJobs",
  "thresholds",
  "objectives",
  "scrapeInterval",
  "longestGroupInterval",
] as const;

const checkedGroups = remembered(
  (settings: Settings): RuleGroups => {
    const groups = allGroups(settings);
    checkGroups(Object.values(groups).flat());
    return groups;
  },
  of,
  ["own"],
);

const checkedRules = remembered(
  (settings: Settings): FedRules => {
    const { groups, feed } = withWhatCanFire(checkedGroups(settings), settings);
    return { groups: withRecentFaults(groups, feed, pagesOf(settings.own)), feed };
  },
  [...of, "given"],
  ["own", "catalogue"],
);

/** Names of the alerts in groups of rules. */
export function alertNamesOf(groups: RuleGroups): ReadonlySet<string> {
  const rules = Object.values(groups).flatMap((inFile) => inFile.flatMap((group) => group.rules));
  return new Set(rules.filter(isAlert).map(({ alert }) => alert));
}

/** With the alerts on alerts, of those that there are: at the end of the first group, whose alerts they leave with. */
function withRecentFaults(groups: RuleGroups, feed: Feed, pages: OwnPages): RuleGroups {
  const names = alertNamesOf(groups);
  const [first] = Object.values(groups).flat();
  const recent = recentFaultAlerts(pages, (alert) => names.has(alert));
  for (const alert of recent) recordAlert(feed, alert);
  return Object.fromEntries(
    Object.entries(groups).map(([file, inFile]) => [
      file,
      inFile.map((group) => (group === first ? { ...group, rules: [...group.rules, ...recent] } : group)),
    ]),
  );
}

function allGroups({ own, ...settings }: Settings): RuleGroups {
  const objectivesHere = own.objectives.filter(({ service }) => settings.services.includes(service));
  return {
    "services.yml": [
      {
        name: "services",
        source: sources.services,
        rules: [
          ...recordingRules(records.requestRate, records.errorRatio, records.latencyP95),
          ...serviceAlerts(settings),
        ],
      },
      // It reads three hours of each service: not at every scrape.
      { name: "traffic", source: sources.traffic, interval: "1m", rules: trafficAlerts(settings) },
      { name: "probes", source: sources.probes, rules: probeAlerts(settings) },
    ],
    ...own.groups(settings),
    "hosts.yml": [
      {
        name: "hosts",
        source: sources.hosts,
        rules: [...recordingRules(records.hostCpu, records.hostMemory), ...hostAlerts(settings)],
      },
      {
        name: "filesystems",
        source: sources.filesystems,
        rules: [...recordingRules(records.filesystemUsed), ...filesystemAlerts(settings)],
      },
      { name: "discovery", source: sources.discovery, rules: discoveryAlerts(settings) },
    ],
    "containers.yml": [
      {
        name: "containers",
        source: sources.containers,
        rules: [
          ...recordingRules(records.containerMemory, records.containerCpu),
          ...containerAlerts(settings),
        ],
      },
    ],
    "monitoring.yml": [
      { name: "monitoring", source: sources.monitoring, rules: monitoringAlerts(settings) },
      { name: "scrapes", source: sources.scrapes, rules: scrapeAlerts(settings) },
      { name: "prometheus-storage", source: sources.storage, rules: storageAlerts() },
      { name: "remote-write", source: sources.remoteWrite, rules: remoteWriteAlerts(settings) },
      { name: "prometheus-agents", source: sources.agents, rules: agentAlerts(settings) },
      { name: "alertmanager-cluster", source: sources.cluster, rules: alertmanagerClusterAlerts() },
      { name: "grafana", source: sources.grafana, rules: grafanaAlerts(settings) },
      { name: "jaeger", source: sources.jaeger, rules: jaegerAlerts(settings) },
      { name: "log-shipper", source: sources.logShipper, rules: logShipperAlerts(settings) },
      { name: "loki", source: sources.loki, rules: lokiAlerts(settings) },
      { name: "edge", source: sources.edge, rules: edgeAlerts(settings) },
      { name: "watchdog", source: sources.monitoring, rules: [watchdog()] },
    ],
    "objectives.yml": [...objectivesOf(settings), ...objectivesHere].flatMap(({ groups }) =>
      groups.map((group) => ({ source: sources.objectives, ...group })),
    ),
  };
}
