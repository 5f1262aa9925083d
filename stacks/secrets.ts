/** The password of Grafana's `admin`: the docker stack sets it, the grafana stack logs in with it. */
export const grafanaAdminPassword = {
  name: "grafana_admin_password",
  description: "Password of the user admin of Grafana",
} as const;
