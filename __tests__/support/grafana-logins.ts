import { edited, type Edit } from "./edit";
import { synthesizedStacks } from "./edge-stacks";
import { prod } from "./environments/prod";
import { type EnvironmentInput, parseEnvironment } from "./environments";

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

interface Container {
  readonly name: string;
  readonly env?: readonly string[];
  readonly upload?: readonly {
    readonly file: string;
    readonly content: string;
    readonly permissions: string;
  }[];
}

/** The variables and the files of Grafana's container, as `withLogins` is synthesized, and all that was. */
export function grafanaContainer(...edits: readonly Edit[]) {
  const { containers, json } = synthesizedStacks<Container>(
    parseEnvironment(withLogins(...edits), "prod.ts"),
  );
  const container = containers.find(({ name }) => name === "prod-grafana");
  const variables = (container?.env ?? []).map((line) => {
    const at = line.indexOf("=");
    return [line.slice(0, at), line.slice(at + 1)] as const;
  });
  return {
    env: Object.fromEntries(variables) as Readonly<Record<string, string | undefined>>,
    files: container?.upload ?? [],
    stack: (name: string) => json.get(`stacks/prod-${name}/cdk.tf.json`) ?? "",
  };
}
