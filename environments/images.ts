/**
 * The images that the stacks run, each pinned to a version, which is raised here; those of exporters are with their
 * programs (`constructs/docker/exporters.ts`).
 * An environment may name another image for one of them under `images`.
 */
export const defaultImages = {
  prometheus: "prom/prometheus:v3.13.5",
  grafana: "grafana/grafana:13.2.1",
  alertmanager: "prom/alertmanager:v0.35.0",
  jaeger: "jaegertracing/jaeger:2.19.0",
  loki: "grafana/loki:3.7.8",
  nodeExporter: "prom/node-exporter:v1.12.1",
  /** With `wget`, which the one without `-alpine` has not. */
  oauth2Proxy: "quay.io/oauth2-proxy/oauth2-proxy:v7.15.6-alpine",
  moto: "motoserver/moto:5.2.5",
} as const;

/** Versions of the plugins of Grafana that an environment may need. */
export const grafanaPlugins = {
  /** For Grafana 12.2.5 or newer (`src/plugin.json` of github.com/grafana/grafana-amazonprometheus-datasource, tag v3.2.0). */
  managedPrometheus: "3.2.0",
} as const;
