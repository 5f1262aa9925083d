const names = {
  prometheus: "prometheus",
  grafana: "grafana",
  alertmanager: "alertmanager",
  jaeger: "jaeger",
} as const;

/**
 * Names on the monitoring network and the `host:port` behind them, in one place: the docker stack's Prometheus must
 * know Alertmanager, whose stack is made after it.
 */
export const addresses = {
  names,
  prometheus: `${names.prometheus}:9090`,
  grafana: `${names.grafana}:3000`,
  alertmanager: `${names.alertmanager}:9093`,
  jaeger: `${names.jaeger}:16686`,
} as const;
