import { type AlertCase, every, rare, series } from "../cases";

function machine(name: string, levels: Parameters<typeof series>[2]) {
  return series("up", { job: "node-exporter", instance: name }, levels);
}

const prometheus = { job: "prometheus", instance: "prometheus:9090" } as const;

/** How the alerts of what is discovered behave. */
export const discoveryCases: readonly AlertCase[] = [
  {
    alert: "HostsMissing",
    severity: "critical",
    series: [
      machine("docker-host", [1, 1, 1]),
      machine("i-0123456789abcdef0", [1, 1, 1]),
      // Down, but there: it has an alert of its own.
      machine("i-0fedcba9876543210", [1, 0, null]),
    ],
    labels: { service: "node-exporter" },
    summary: "Machines are missing",
    description: "Prometheus finds 2 machines; 3 must be there.",
  },
  {
    alert: "DiscoveryFailing",
    severity: "warning",
    series: [
      series(
        "prometheus_sd_refresh_failures_total",
        { ...prometheus, mechanism: "ec2", config: "node-exporter" },
        [0, every(600, { times: 1 }), every(60)],
      ),
    ],
    ...rare,
    labels: { instance: "prometheus:9090", config: "node-exporter", mechanism: "ec2", service: "prometheus" },
    summary: "Prometheus cannot find out the targets of node-exporter",
    description:
      "The question which targets node-exporter has failed about 20 times in the last 20 minutes. Those found before are " +
      "still watched; new ones are not.",
  },
  {
    alert: "DiscoveryFailing",
    severity: "warning",
    series: [
      series("prometheus_sd_dns_lookup_failures_total", prometheus, [0, every(600, { times: 1 }), every(60)]),
    ],
    ...rare,
    labels: { instance: "prometheus:9090", mechanism: "dns", service: "prometheus" },
    summary: "Prometheus cannot look up the names of its targets",
    description:
      "About 20 lookups of DNS failed in the last 20 minutes. Targets found before are still watched; new ones are not.",
  },
];
