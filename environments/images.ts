/**
 * The images that the stacks run, each pinned to a version: the one place where versions are raised.
 * An environment may name another image for one of them under `images`.
 */
export const defaultImages = {
  prometheus: "prom/prometheus:v3.13.5",
  grafana: "grafana/grafana:13.2.1",
  alertmanager: "prom/alertmanager:v0.35.0",
  jaeger: "jaegertracing/jaeger:2.19.0",
  nodeExporter: "prom/node-exporter:v1.12.1",
  cadvisor: "ghcr.io/google/cadvisor:v0.60.5",
  moto: "motoserver/moto:5.2.5",
} as const;
