import { parse } from "yaml";
import { renderPrometheusConfiguration } from "../../../constructs/docker/prometheus-configuration";

const configuration = {
  interval: "15s",
  externalLabels: { environment: "dev" },
  scrapeConfigs: [
    { jobName: "prometheus", staticConfigs: [{ targets: ["prometheus:9090"] }] },
    {
      jobName: "order-service",
      metricsPath: "/internal/metrics",
      staticConfigs: [{ targets: ["order-service:3003"], labels: { service: "order-service" } }],
    },
  ],
};

it("has a job for each scrape configuration and the intervals for both scrapes and rules", () => {
  expect(parse(renderPrometheusConfiguration(configuration))).toEqual({
    global: { scrape_interval: "15s", evaluation_interval: "15s", external_labels: { environment: "dev" } },
    scrape_configs: [
      { job_name: "prometheus", static_configs: [{ targets: ["prometheus:9090"] }] },
      {
        job_name: "order-service",
        metrics_path: "/internal/metrics",
        static_configs: [{ targets: ["order-service:3003"], labels: { service: "order-service" } }],
      },
    ],
  });
});

it("names the Alertmanagers where there are any", () => {
  const alertmanagers = ["alertmanager:9093"];
  expect(parse(renderPrometheusConfiguration({ ...configuration, alertmanagers }))).toMatchObject({
    alerting: { alertmanagers: [{ static_configs: [{ targets: alertmanagers }] }] },
  });
});

it("refuses two jobs of one name", () => {
  const twice = [...configuration.scrapeConfigs, ...configuration.scrapeConfigs];
  expect(() => renderPrometheusConfiguration({ ...configuration, scrapeConfigs: twice })).toThrow(
    `two scrape jobs have the name "prometheus"`,
  );
});
