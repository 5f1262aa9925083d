import { type AlertCase, every, series } from "../cases";

const [first, second] = [
  { job: "prometheus", instance: "agent-1:9090" },
  { job: "prometheus", instance: "agent-2:9090" },
] as const;

/** How the alerts of agents behave. */
export const agentCases: readonly AlertCase[] = [
  {
    alert: "PrometheusAgentsSilent",
    severity: "critical",
    // One of two is enough; one that is down is seen by the other.
    series: [series("up", first, [1, null, null]), series("up", second, [1, 1, null])],
    labels: { service: "prometheus", job: "prometheus", shard: "1" },
    summary: "Nothing comes of the targets of shard 1",
    description:
      "Nothing that is newer than five minutes has come of agent-1:9090 and agent-2:9090: no alert watches what is scraped there.",
    firesOnNothing: "agents that are gone are what it tells of",
  },
  {
    alert: "PrometheusAgentLogCorrupted",
    severity: "warning",
    // Found at the start: the counter comes with it.
    series: [series("prometheus_agent_corruptions_total", first, [0, 0, () => 1])],
    labels: { ...first, service: "prometheus" },
    summary: "An agent has lost samples that were to be sent",
    description:
      "agent-1:9090 found the log of what it has to send broken and cut it off there: what was not sent yet is lost.",
  },
  {
    alert: "PrometheusAgentLogFailing",
    severity: "warning",
    series: [
      series("prometheus_tsdb_wal_writes_failed_total", first, [0, every(1200, { times: 1 }), every(60)]),
      series("prometheus_tsdb_wal_truncations_failed_total", first, [0, 0, 0]),
    ],
    labels: { instance: first.instance, service: "prometheus" },
    summary: "An agent cannot write its log",
    description:
      "agent-1:9090 failed about 14 times in the last 15 minutes to write the log of what it has to send, or to cut it off: samples are lost, or its disk fills.",
  },
];
