import { edited, type Edit } from "./edit";
import { prod } from "./environments/prod";
import type { EnvironmentInput } from "./environments";

/** An edge with certificates from files and two users. */
export const edgeInput = {
  certificates: { kind: "files", certificate: { secret: "edge_certificate" }, key: { secret: "edge_key" } },
  users: [
    { name: "alice", passwordHash: { secret: "edge_hash_alice" } },
    { name: "ci", passwordHash: { secret: "edge_hash_ci" } },
  ],
} as const;

/** Logins by OpenID Connect for those who are in one of two groups. */
export const oidcInput = {
  issuer: "https://login.example.com/realms/ops",
  clientId: "monitoring",
  clientSecret: { secret: "edge_client_secret" },
  cookieSecret: { secret: "edge_cookie_secret" },
  groups: ["on-call", "/ops/leads, all"],
  scopes: ["openid", "email", "profile", "groups"],
} as const;

/** What gives an environment an edge that the whole world reaches, in front of Jaeger, too. */
export function edgeEdits(): readonly Edit[] {
  return [
    ["edge", structuredClone(edgeInput)],
    ["docker", { host: "ssh://deploy@monitoring.example.com", publishOn: "0.0.0.0" }],
    ["jaeger", { url: "https://jaeger.example.com" }],
  ];
}

/** `prod` with such an edge. */
export function withEdge(...edits: readonly Edit[]): EnvironmentInput {
  return edited(prod, ...edgeEdits(), ...edits) as EnvironmentInput;
}
