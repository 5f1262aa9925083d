import { edgePlace } from "../../../constructs/docker/edge";
import { renderEdgeConfiguration } from "../../../constructs/docker/edge-configuration";
import {
  OAuth2Proxy,
  oauth2ProxyPlace,
  type OAuth2ProxyProps,
} from "../../../constructs/docker/oauth2-proxy";
import {
  type OidcLogin,
  refusedPage,
  renderOAuth2ProxyConfiguration,
} from "../../../constructs/docker/oauth2-proxy-configuration";
import { foreignScope, messageOf } from "./support";

const login: OidcLogin = {
  issuer: "https://login.example.com/realms/ops",
  clientId: "monitoring",
  groups: ["on-call", '/ops/"leads" \\ all, too', "größer"],
  groupsClaim: "groups",
  scopes: ["openid", "email", "groups"],
  sessionHours: 8,
};
const place = { ...oauth2ProxyPlace, trustedSubnet: "172.30.89.0/24" };
const rendered = renderOAuth2ProxyConfiguration(login, place);
const props: OAuth2ProxyProps = {
  image: "quay.io/oauth2-proxy/oauth2-proxy:v7.15.6-alpine",
  networks: [],
  limits: { memoryMb: 128, cpus: 0.5 },
  login,
  secrets: { client: "c", cookie: "k" },
  trustedSubnet: "172.30.89.0/24",
};

/** Of each line the value, which TOML and JSON write alike. */
const settings = Object.fromEntries(
  rendered
    .trim()
    .split("\n")
    .map((line) => {
      const [, key = "", value = ""] = /^(\w+) = (.*)$/.exec(line) ?? [];
      return [key, JSON.parse(value) as unknown];
    }),
);

it("asks for all that makes a login safe", () => {
  expect(settings).toMatchObject({
    ...{ code_challenge_method: "S256", insecure_oidc_skip_nonce: false },
    ...{ cookie_secure: true, cookie_httponly: true, cookie_samesite: "lax", session_cookie_minimal: true },
    cookie_expire: "8h",
    scope: "openid email groups",
    allowed_groups: login.groups,
    request_logging: false,
  });
  // Any name but its own hosts' paths is refused as where to lead to.
  expect(Object.keys(settings)).not.toContain("whitelist_domains");
  expect(settings.cookie_name).toMatch(/^__Host-/);
});

it("has secrets in files alone", () => {
  expect([settings.client_secret_file, settings.cookie_secret_file]).toEqual([
    "/run/secrets/oidc-client-secret",
    "/run/secrets/oidc-cookie-secret",
  ]);
  expect(Object.keys(settings).filter((key) => /secret$/.test(key))).toEqual([]);
});

it("shows people nothing that a provider or a client says", () => {
  const actions = [...refusedPage.matchAll(/\{\{([^}]*)\}\}/g)].map(
    ([, action = ""]) => action.split(" ")[0],
  );
  expect(actions.filter((action) => !["if", "else", "end"].includes(action ?? ""))).toEqual([]);
  expect(actions.length).toBeGreaterThan(5);
});

it("tells all that is wrong with its props at once", () => {
  const wrong = {
    ...props,
    image: "quay.io/oauth2-proxy/oauth2-proxy:latest",
    login: { ...login, issuer: "http://login.example.com", groups: [] },
    trustedSubnet: "0.0.0.0/0",
  };
  const message = messageOf(({ stack }) => new OAuth2Proxy(stack, "it", wrong));
  for (const prop of ["image", "login.issuer", "login.groups", "trustedSubnet", "networks"]) {
    expect(message).toContain(`${prop}: found`);
  }
});

it("is made of what is right", () => {
  const { stack, network } = foreignScope();
  expect(new OAuth2Proxy(stack, "it", { ...props, networks: [network] }).container.name).toBe("oauth2-proxy");
});

describe("the edge that asks it", () => {
  const site = { upstreams: ["parcels:1"], stripsPath: true, login: "edge", hidden: [] } as const;
  const configuration = {
    sites: [
      { ...site, upstreams: ["parcels:1"], hidden: [], host: "ops.example.com", path: "/parcels" },
      { ...site, upstreams: ["parcels:2"], hidden: [], host: "ops.example.com", path: "/payments/all" },
      {
        ...site,
        upstreams: ["parcels:3"],
        hidden: [],
        host: "own.example.com",
        path: "",
        login: "own" as const,
      },
    ],
    certificates: { kind: "files" } as const,
    ...{ users: [], requestsPerMinute: 100, maxBodyMb: 1, httpsPort: 443, oidc: "oauth2-proxy:4180" },
  };
  const text = renderEdgeConfiguration(configuration, edgePlace);

  it("asks for no password where there are no users", () => {
    expect(text).not.toContain("http_basic");
    expect(text).not.toContain("WWW-Authenticate");
  });

  it("leads from the login's pages to a program of the host", () => {
    expect(text).toMatch(
      /"\/oauth2\/"\s*\]\s*\}\s*\],\s*"handle": \[\s*\{[^}]*"Location": \[\s*"\/parcels\/"/,
    );
  });

  it("takes the login's cookies out of what each program is sent", () => {
    expect(text.match(/"search_regexp": "\(\?:\^\|;/g)).toHaveLength(3);
  });
});
