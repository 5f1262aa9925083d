/**
 * What the containers of the programs are called unless they are given a name, and the ports at which they answer
 * there.
 */
export const programs = {
  prometheus: { name: "prometheus", port: 9090 },
  grafana: { name: "grafana", port: 3000 },
  jaeger: {
    name: "jaeger",
    /** Of its pages and its API. */
    port: 16686,
    /** Of its API by gRPC, which nobody outside its container reaches. */
    queryGrpcPort: 16685,
    metricsPort: 8888,
    /** Of what it measures of the calls between services. */
    callMetricsPort: 8889,
    healthPort: 13133,
    otlpPorts: { grpc: 4317, http: 4318 },
  },
  loki: { name: "loki", port: 3100 },
  /** On the host's network: its port is the host's, and said where it is made. */
  nodeExporter: { name: "node-exporter" },
  /** Ports of its container, all above 1023: it listens there without privileges. */
  edge: { name: "edge", httpsPort: 8443, httpPort: 8080, metricsPort: 9180 },
  oauth2Proxy: { name: "oauth2-proxy", port: 4180, metricsPort: 4181 },
  moto: { name: "moto", port: 5000, tlsPort: 5443 },
} as const;
