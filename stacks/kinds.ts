/** The stacks that every environment has: `dev-docker` is that of kind `docker` of the environment `dev`. */
export const stackKinds = ["cloudwatch", "docker", "grafana", "alertmanager"] as const;
