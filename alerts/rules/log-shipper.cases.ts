import { type AlertCase, every, rare, series } from "../cases";

const cloudwatch = { job: "log-shipper", instance: "log-shipper:2020", name: "cloudwatch" } as const;
const labels = { ...cloudwatch, service: "log-shipper" } as const;

/** How the alerts of log lines behave. */
export const logShipperCases: readonly AlertCase[] = [
  {
    alert: "LogLinesLost",
    severity: "warning",
    // One is enough.
    series: [series("fluentbit_output_dropped_records_total", cloudwatch, [0, 0, every(15)])],
    ...rare,
    labels,
    summary: "Log lines for cloudwatch are lost",
    description:
      "About 20 log lines of the last 5 minutes were dropped on the way to cloudwatch: there was no room for them to wait, or it would never take them.",
  },
  {
    alert: "LogLinesNotSent",
    severity: "warning",
    series: [
      series("fluentbit_output_retries_total", cloudwatch, [0, 0.5, 0.5]),
      series("fluentbit_output_proc_records_total", cloudwatch, [20, 0.1, 0]),
    ],
    labels,
    summary: "Log lines do not get to cloudwatch",
    description:
      "cloudwatch has taken no log line for more than 10 minutes, though there are some. They wait.",
  },
  {
    alert: "LogLinesWaiting",
    severity: "warning",
    series: [series("fluentbit_output_chunk_available_capacity_percent", cloudwatch, [100, 50, 40])],
    labels,
    summary: "Log lines wait for cloudwatch",
    description:
      "40 % of the room for lines that wait for cloudwatch is left; at most 50% of it may be taken. When it is full, the oldest are lost.",
  },
];
