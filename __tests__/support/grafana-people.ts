import type { Edit } from "./edit";
import { certificateFor } from "./server-certificate";
import { freePorts } from "../../operations/loopback-port";
import { grafanaContainer, oidcInput } from "./grafana-logins";
import { startOidcProvider } from "./oidc-provider";

/** Who can log in at the provider, each with his mail address. */
const groupsOf = {
  ada: ["ops"],
  ede: ["/teams/parcels"],
  vera: ["staff"],
  mina: ["staff", "/teams/parcels", "chess"],
  tilo: "ops",
  nils: ["devops", "Ops", "staff "],
  nora: [],
  nemo: undefined,
} as const;

/** The role that each has at Grafana by his groups. */
export const roleOfPerson = {
  ada: "Admin",
  ede: "Editor",
  vera: "Viewer",
  mina: "Editor",
  tilo: "Admin",
  nils: "refused",
  nora: "refused",
  nemo: "refused",
} as const satisfies Record<keyof typeof groupsOf, string>;

/** A person that the provider knows. */
export type Person = keyof typeof roleOfPerson;

export const people = Object.keys(roleOfPerson) as readonly Person[];

/** The client's secret. */
export const clientSecret = "known-to-the-provider-and-Grafana";

/**
 * An OpenID provider with those people and a client of Grafana, and what Grafana's container has for it.
 * @param grafanaUrl where the provider sends people back to
 */
export async function startPeople(folder: string, grafanaUrl: string, ...edits: readonly Edit[]) {
  const [port = 0] = await freePorts(1);
  const issuer = `https://127.0.0.1:${String(port)}`;
  const certificate = certificateFor(2, folder);
  const provider = await startOidcProvider(folder, {
    issuer,
    certificate,
    client: {
      id: oidcInput.clientId,
      secret: clientSecret,
      redirectUris: [`${grafanaUrl}/login/generic_oauth`],
    },
    people: Object.fromEntries(
      Object.entries(groupsOf).map(([name, groups]) => [
        name,
        { name, email: `${name}@example.com`, email_verified: true, groups },
      ]),
    ),
  });
  const oidc = {
    ...oidcInput,
    authorizationEndpoint: `${issuer}/auth`,
    tokenEndpoint: `${issuer}/token`,
    userinfoEndpoint: `${issuer}/me`,
    endSessionEndpoint: `${issuer}/session/end`,
    scopes: ["openid", "profile", "email", "groups"],
  };
  return { provider, issuer, certificate, container: grafanaContainer(["grafana.oidc", oidc], ...edits) };
}
