import { toYaml } from "../../schema/yaml";
import {
  type PrometheusConfiguration,
  type RemoteWrite,
  type RemoteWriteQueue,
  renderJob,
  renderRemoteWrite,
  renderTimes,
} from "./prometheus-configuration";

/** What an agent scrapes, and where it writes to: the part of a configuration that agents take. */
export type AgentConfiguration = Pick<
  PrometheusConfiguration,
  "interval" | "timeout" | "externalLabels" | "scrapeConfigs" | "limits"
> & {
  /** Places that samples are sent to, each of another name. */
  readonly remoteWrite: readonly RemoteWrite[];
};

/**
 * How samples are sent to a workspace of Amazon Managed Service for Prometheus. Requests are of the size that its guide
 * recommends. Twenty connections of 1,000 samples send some 200,000 samples a second at 0.1 s each: more than a workspace
 * takes by default, so that a backlog is sent as fast as it may be, in some 100,000 samples of memory at most. What comes
 * too fast is refused with 429, and has to be sent again. Sources, November 2026:
 * https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-onboard-ingest-metrics-existing-Prometheus.html and
 * https://docs.aws.amazon.com/prometheus/latest/userguide/AMP_quotas.html.
 */
export const workspaceQueue: RemoteWriteQueue = {
  maxSamplesPerSend: 1_000,
  capacity: 2_500,
  maxShards: 20,
  retryOnTooManyRequests: true,
};

/** The configuration as Prometheus 2.47 or newer reads it with `--agent`: it refuses rules and Alertmanagers there. */
export function renderAgentConfiguration(configuration: AgentConfiguration): string {
  const { interval, timeout, externalLabels, scrapeConfigs, limits, remoteWrite } = configuration;
  return toYaml({
    global: { ...renderTimes(interval, timeout), external_labels: externalLabels },
    scrape_configs: scrapeConfigs.map((job) => renderJob(job, limits)),
    remote_write: remoteWrite.map(renderRemoteWrite),
  });
}
