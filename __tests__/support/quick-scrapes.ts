import { parse } from "yaml";
import { renderPrometheusConfiguration } from "../../constructs/docker/prometheus-configuration";
import type { Environment } from "../../environments";
import { storedScrapeConfigs } from "../../stacks/system";

/** A job of Prometheus's configuration, as far as tests look at it. */
export interface QuickJob {
  readonly job_name: string;
  readonly ec2_sd_configs?: readonly object[];
}

/** Prometheus's configuration of an environment as it is rendered, but that it scrapes and discovers every second. */
export function quickScrapes(
  environment: Environment,
): Readonly<Record<string, unknown>> & { readonly scrape_configs: readonly QuickJob[] } {
  const rendered = renderPrometheusConfiguration({
    interval: "1s",
    externalLabels: {},
    scrapeConfigs: storedScrapeConfigs(environment),
    limits: environment.prometheus.scrapeLimits,
    maxExemplars: 1,
  });
  return parse(rendered.replaceAll(/refresh_interval: \w+/g, "refresh_interval: 1s")) as ReturnType<
    typeof quickScrapes
  >;
}
