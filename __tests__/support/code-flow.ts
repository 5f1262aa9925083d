import { createHash, randomBytes } from "node:crypto";
import type { Claims } from "./grafana-claims";
import { Visitor } from "./visitor";

type Variables = Readonly<Record<string, string | undefined>>;

/** What a provider tells of a person. */
export interface ToldClaims {
  /** Those of the ID token. Its signature is not looked at: it came from the provider by TLS. */
  readonly idToken: Claims;
  readonly userinfo: Claims;
}

/**
 * The authorization code flow as Grafana's settings have it (OAuth 2.0 with PKCE, OpenID Connect Core 1.0).
 * @param env variables of Grafana's container
 * @param ca certificate of the provider's authority
 * @param withVerifier whether the token is asked for with the code's verifier. Default: true
 * @throws Error when the provider refuses, with what it said
 */
export async function claimsOf(
  env: Variables,
  secret: string,
  { redirectUrl, person, ca }: { redirectUrl: string; person: string; ca: string },
  withVerifier = true,
): Promise<ToldClaims> {
  const setting = (name: string) => env[`GF_AUTH_GENERIC_OAUTH_${name}`] ?? "";
  const verifier = randomBytes(32).toString("base64url");
  const state = randomBytes(16).toString("hex");
  const start = new URL(setting("AUTH_URL"));
  start.search = new URLSearchParams({
    client_id: setting("CLIENT_ID"),
    redirect_uri: redirectUrl,
    response_type: "code",
    scope: setting("SCOPES"),
    state,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  }).toString();
  const visitor = new Visitor(ca);
  const { headers } = await visitor.logIn(start.href, person, redirectUrl);
  const back = new URL(headers.location ?? "").searchParams;
  if (back.get("state") !== state) throw new Error("The provider gave another state back.");
  const program = new Visitor(ca);
  const { status, body } = await program.send(setting("TOKEN_URL"), {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      authorization: `Basic ${Buffer.from(`${setting("CLIENT_ID")}:${encodeURIComponent(secret)}`).toString("base64")}`,
    },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code: back.get("code") ?? "",
      redirect_uri: redirectUrl,
      ...(withVerifier && { code_verifier: verifier }),
    }).toString(),
  });
  if (status !== 200) throw new Error(`The provider gave no token: ${body}`);
  const token = JSON.parse(body) as { id_token: string; access_token: string };
  const [, payload = ""] = token.id_token.split(".");
  const authorization = `Bearer ${token.access_token}`;
  const userinfo = await program.send(setting("API_URL"), { headers: { authorization } });
  return {
    idToken: JSON.parse(Buffer.from(payload, "base64url").toString()) as Claims,
    userinfo: JSON.parse(userinfo.body) as Claims,
  };
}
