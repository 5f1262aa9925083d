import type { Construct } from "constructs";
import { receiverSecret } from "../alerts/receivers";
import type { GrafanaOidc, GrafanaSmtp } from "../constructs/docker/grafana-logins";
import { sensitiveVariable } from "../constructs/sensitive-variable";
import type { Environment } from "../environments";

type Smtp = NonNullable<Environment["grafana"]["smtp"]>;

/** How people log in at the environment's Grafana, and by what it sends mails: what it says of either. */
export function grafanaLogins(
  scope: Construct,
  environment: Environment,
): { oidc?: GrafanaOidc; smtp?: GrafanaSmtp } {
  const { oidc, smtp } = environment.grafana;
  return {
    ...(oidc && {
      oidc: {
        ...oidc,
        clientSecret: sensitiveVariable(
          scope,
          oidc.clientSecret.secret,
          `Grafana: secret of its client ${oidc.clientId} at the provider of logins`,
        ).stringValue,
      },
    }),
    ...(smtp && { smtp: mailServer(scope, environment, smtp) }),
  };
}

function mailServer(scope: Construct, environment: Environment, smtp: Smtp): GrafanaSmtp {
  if (smtp.kind === "server") {
    const { smarthost, from, username = from, password } = smtp;
    const description = "Grafana: password at the mail server";
    const { stringValue } = sensitiveVariable(scope, password.secret, description);
    return { smarthost, from, username, password: stringValue };
  }
  const { receivers, inbox } = environment.alerting;
  const receiver = receivers.find(({ name }) => name === smtp.name);
  if (receiver?.kind !== "email") throw new Error(`No receiver of the kind email has the name ${smtp.name}.`);
  const { smarthost, from, username = from, verifyCertificate } = receiver;
  const secret = receiverSecret(receiver, inbox);
  const password =
    "content" in secret
      ? secret.content
      : sensitiveVariable(scope, secret.variable, secret.description).stringValue;
  return { smarthost, from, username, password, verifyCertificate };
}
