import { edited, type Edit } from "./edit";
import { prod } from "./environments/prod";
import type { EnvironmentInput } from "./environments";

/** How people log in at Grafana, with what has no default. */
export const oidcInput = {
  authorizationEndpoint: "https://login.example.com/authorize",
  tokenEndpoint: "https://login.example.com/token",
  userinfoEndpoint: "https://login.example.com/userinfo",
  clientId: "grafana",
  clientSecret: { secret: "grafana_oidc_client_secret" },
  roles: { admin: ["ops"], editor: ["/teams/parcels"], viewer: ["staff"] },
} as const;

/** `prod` whose people log in at Grafana by OpenID Connect, and which mails by the server of a receiver. */
export function withLogins(...edits: readonly Edit[]): EnvironmentInput {
  return edited(
    prod,
    ["grafana.oidc", structuredClone(oidcInput)],
    ["grafana.smtp", { kind: "receiver", name: "email-ops" }],
    ...edits,
  ) as EnvironmentInput;
}
