// An OpenID provider with TLS, as a process of its own: its package is of modules that Jest does not load.
//
//   node oidc-provider-process.mjs SETTINGS.json
//
// Settings: `issuer` (https://127.0.0.1:PORT), `key` and `cert` (PEM), `client` (`id`, `secret`, `redirectUris`) and
// `people`, the claims of each by the name with which he logs in. Whoever gives a name is that person.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import Provider from "oidc-provider";

const { issuer, key, cert, client, people } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const scope = "openid email profile groups";

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: client.id,
      client_secret: client.secret,
      redirect_uris: client.redirectUris,
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  scopes: scope.split(" "),
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"], groups: ["groups"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  cookies: { keys: ["of a test"] },
  findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  // Nobody is asked whether the client may know who he is.
  async loadExistingGrant({ oidc }) {
    const grant = new provider.Grant({
      clientId: oidc.client.clientId,
      accountId: oidc.session.accountId,
    });
    grant.addOIDCScope(scope);
    await grant.save();
    return grant;
  },
});

const answer = provider.callback();

async function interaction(request, response) {
  if (request.method === "GET") {
    response.setHeader("Content-Type", "text/html");
    response.end(
      '<!doctype html><title>Provider</title><form method="post"><input name="login"><button>Log in</button></form>',
    );
    return;
  }
  let body = "";
  for await (const chunk of request) body += chunk;
  const accountId = new URLSearchParams(body).get("login");
  await provider.interactionFinished(request, response, { login: { accountId } });
}

createServer({ key, cert }, (request, response) => {
  if (!request.url.startsWith("/interaction/")) return answer(request, response);
  return interaction(request, response).catch((error) => {
    response.statusCode = 500;
    response.end(String(error));
  });
}).listen(Number(new URL(issuer).port), "127.0.0.1", () => console.log("listening"));
