import type { Browser, BrowserContext, Page } from "playwright-core";
import { loginCookie } from "../../../constructs/docker/oauth2-proxy-configuration";
import { brokenRules, chromiumProgram, fits, keepPicture, startBrowser } from "../../support/browser-page";
import { caddyProgram, type EdgeAnswer, loginOf } from "../../support/edge";
import { passwords } from "../../support/edge-running";
import { OidcRunning, oidcSecrets, type Person } from "../../support/oidc-running";
import { oauth2ProxyProgram } from "../../support/programs";
import { describeWith } from "../../support/require-program";
import { openssl } from "../../support/server-certificate";
import { temporaryFolder } from "../../support/temporary-folder";
import { until } from "../../support/until";

jest.setTimeout(180_000);

const folder = temporaryFolder();
const prometheus = "prometheus.example.com";
const jaeger = "jaeger.example.com";
const aPage = { Accept: "text/html,application/xhtml+xml" };

interface Asked {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

describeWith([caddyProgram, oauth2ProxyProgram, openssl, chromiumProgram], "Logins by OpenID Connect", () => {
  let system: OidcRunning;
  let browser: Browser;
  /** Anna's cookie at Prometheus. */
  let cookie = "";

  beforeAll(async () => {
    system = await OidcRunning.start(folder());
    browser = await startBrowser(["--host-resolver-rules=MAP *.example.com 127.0.0.1"]);
  });
  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  const ask = async (
    path: string,
    headers: Readonly<Record<string, string>> = {},
    host = prometheus,
  ): Promise<EdgeAnswer> => {
    const port = String(system.edge.ports.https);
    return system.edge.ask(host, path, { headers: { ...headers, Host: `${host}:${port}` } });
  };
  const window = async (): Promise<BrowserContext> =>
    browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 360, height: 640 } });
  /** Opens a page and logs in where the provider asks who it is. */
  async function logIn(page: Page, person: Person, host: string, path: string) {
    await page.goto(system.urlOf(host, path));
    expect(page.url()).toContain(`${system.issuer}/interaction/`);
    await page.fill("input[name=login]", person);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().includes(host) && response.status() !== 302),
      page.click("button"),
    ]);
    await page.waitForLoadState();
    return answer;
  }
  const shown = async (page: Page): Promise<Asked> => JSON.parse(await page.innerText("body")) as Asked;
  const cookieOf = async (context: BrowserContext, host: string) =>
    (await context.cookies(system.urlOf(host, "/"))).find(({ name }) => name === loginCookie);

  it("lets in who is in one of the groups, and gives the program nothing of the login", async () => {
    const context = await window();
    await context.addCookies([
      { name: "theme", value: "dark", url: system.urlOf(prometheus, "/") },
      { name: `${loginCookie}_0`, value: "part", url: system.urlOf(prometheus, "/"), secure: true },
    ]);
    const page = await context.newPage();
    await logIn(page, "anna", prometheus, "/graph?g0.expr=up%7Bjob%3D%22a%26b%22%7D&g0.tab=1");
    const { url, headers } = await shown(page);
    expect(url).toBe("/graph?g0.expr=up%7Bjob%3D%22a%26b%22%7D&g0.tab=1");
    expect(headers.cookie).toBe("theme=dark");
    const told = Object.keys(headers).filter((name) => /auth|token|-user$|email|groups/.test(name));
    // That one the browser says of a click.
    expect(told.filter((name) => name !== "sec-fetch-user")).toEqual([]);
    const found = await cookieOf(context, prometheus);
    expect(found).toMatchObject({
      ...{ domain: prometheus, path: "/", httpOnly: true, secure: true, sameSite: "Lax" },
    });
    expect((found?.expires ?? 0) - Date.now() / 1000).toBeLessThanOrEqual(12 * 3600);
    cookie = `${loginCookie}=${found?.value ?? ""}`;
    // At another host the provider knows already who it is.
    await page.goto(system.urlOf(jaeger, "/search"));
    expect((await shown(page)).url).toBe("/search");
    expect((await cookieOf(context, jaeger))?.value).not.toBe(found?.value);
    // A second program at the same host takes the same login.
    await page.goto(system.urlOf(prometheus, "/alertmanager/"));
    expect((await shown(page)).url).toBe("/");
    // Where links of the login's own pages lead.
    await page.goto(system.urlOf(prometheus, "/oauth2/"));
    expect(page.url()).toBe(system.urlOf(prometheus, "/"));
    await context.close();
  });

  it("takes a group by its whole name, whatever is in it", async () => {
    const context = await window();
    const page = await context.newPage();
    await logIn(page, "lea", prometheus, "/");
    expect((await shown(page)).url).toBe("/");
    await context.close();
  });

  it.each<Person>(["otto", "nemo"])("refuses %s, who is in none, with a sentence", async (person) => {
    const context = await window();
    const page = await context.newPage();
    const answer = await logIn(page, person, prometheus, "/");
    expect(answer.status()).toBe(403);
    expect(await page.innerText("h1")).toBe("You may not come in here");
    expect(await page.innerText("main")).toContain("you are in none of the groups that may come in");
    expect(await fits(page)).toBe(true);
    expect(await brokenRules(page)).toEqual([]);
    await keepPicture(page, "edge-refused");
    expect(await cookieOf(context, prometheus)).toBeUndefined();
    await context.close();
  });

  it("sends people without a login to the provider, and answers 401 to programs", async () => {
    const person = await ask("/graph?a=1&b=2", aPage);
    expect([person.status, person.headers.location]).toEqual([
      302,
      "/oauth2/start?rd=%2Fgraph%3Fa%3D1%26b%3D2",
    ]);
    const start = await ask(person.headers.location ?? "", aPage);
    const sent = new URL(start.headers.location ?? "");
    expect([start.status, sent.origin]).toEqual([302, system.issuer]);
    expect(Object.fromEntries(sent.searchParams)).toMatchObject({
      ...{ client_id: "monitoring", code_challenge_method: "S256", response_type: "code" },
      ...{ redirect_uri: system.urlOf(prometheus, "/oauth2/callback"), nonce: expect.any(String) as string },
      scope: "openid email profile groups",
    });
    expect(start.headers["set-cookie"]?.[0]).toMatch(
      new RegExp(`^${loginCookie}_[^=]+_csrf=.*; Path=/; .*HttpOnly; Secure; SameSite=Lax$`),
    );
    for (const accept of ["application/json", "*/*", ""]) {
      const program = await ask("/api/v1/query?query=up", { Accept: accept });
      expect([program.status, program.body]).toEqual([401, "You are not logged in."]);
      expect(program.headers["www-authenticate"]).toBe('Basic realm="monitoring"');
    }
    // A page that asks must not have the browser ask for a password.
    const ofPage = await ask("/api/v1/query?query=up", { Accept: "*/*", "Sec-Fetch-Mode": "cors" });
    expect([ofPage.status, ofPage.headers["www-authenticate"]]).toEqual([401, undefined]);
  });

  it("refuses a cookie that was changed", async () => {
    expect((await ask("/", { ...aPage, Cookie: cookie })).status).toBe(200);
    const middle = Math.floor(cookie.length / 3);
    const other = cookie[middle] === "A" ? "B" : "A";
    const changed = `${cookie.slice(0, middle)}${other}${cookie.slice(middle + 1)}`;
    expect((await ask("/", { ...aPage, Cookie: changed })).status).toBe(302);
    expect((await ask("/", { Cookie: changed })).status).toBe(401);
  });

  it("takes off what a client says of who it is", async () => {
    const forged = {
      ...{ "X-Auth-Request-User": "root", "X-Auth-Request-Email": "root@example.com" },
      ...{ "X-Auth-Request-Groups": "on-call", "X-Auth-Request-Redirect": "https://evil.example.net/" },
      ...{
        "X-Forwarded-User": "root",
        "X-Forwarded-Email": "root@example.com",
        "X-Forwarded-Groups": "on-call",
      },
      ...{
        "X-Forwarded-Preferred-Username": "root",
        "X-Forwarded-Access-Token": "t",
        "X-Forwarded-Uri": "/oauth2/",
      },
    };
    expect((await ask("/", forged)).status).toBe(401);
    expect((await ask("/", { ...forged, Authorization: "Bearer t" })).status).toBe(401);
    const logins = [{ Cookie: cookie }, loginOf("alice", passwords.alice)];
    for (const [host, headers] of [
      ...logins.map((login) => [prometheus, login] as const),
      ["grafana.example.com", {}] as const,
    ]) {
      const answer = await ask("/", { ...forged, ...headers }, host);
      expect(answer.status).toBe(200);
      const seen = (JSON.parse(answer.body) as Asked).headers;
      const found = Object.keys(forged).filter((name) => Object.hasOwn(seen, name.toLowerCase()));
      expect(found).toEqual([]);
    }
  });

  it("lets users log in with a password, and answers a wrong one with 401", async () => {
    const right = await ask("/", { ...aPage, ...loginOf("ci", passwords.ci) });
    expect(right.status).toBe(200);
    expect((JSON.parse(right.body) as Asked).headers.authorization).toBeUndefined();
    for (const login of [loginOf("ci", "wrong"), { Authorization: "basic eA==" }]) {
      const wrong = await ask("/", { ...aPage, ...login });
      expect([wrong.status, wrong.headers.location]).toEqual([401, undefined]);
      // A cookie does not make up for it.
      expect((await ask("/", { ...login, Cookie: cookie })).status).toBe(401);
    }
    // EdgeLoginsRefused reads it.
    expect(await system.edge.metrics()).toMatch(
      /caddy_http_request_duration_seconds_count\{code="401",handler="authentication",method="GET",server="https"\} 4/,
    );
  });

  it("has who it was in the access log, and no secret in any", async () => {
    await ask("/who", { Cookie: cookie });
    const lineOf = () => system.edge.accessLog().lines.find(({ request: { uri } }) => uri === "/who");
    await until(() => lineOf() !== undefined);
    expect(lineOf()).toMatchObject({ status: 200, oidc_user: "anna@example.com" });
    const { text } = system.edge.accessLog();
    expect(text).toContain("/oauth2/callback?...");
    expect(system.proxyLog()).toContain("anna@example.com");
    for (const secret of [...Object.values(oidcSecrets), cookie.slice(20, 60), "code=", "state="]) {
      expect(text).not.toContain(secret);
      expect(system.proxyLog()).not.toContain(secret);
    }
  });

  it("leads to its own hosts alone after a login", async () => {
    for (const target of ["https://evil.example.net/", "//evil.example.net/", "/\\evil.example.net/"]) {
      const context = await window();
      const page = await context.newPage();
      await logIn(page, "anna", prometheus, `/oauth2/start?rd=${encodeURIComponent(target)}`);
      expect(new URL(page.url()).origin).toBe(new URL(system.urlOf(prometheus, "/")).origin);
      await context.close();
    }
  });

  it("refuses an answer of the provider to a login that another browser began", async () => {
    const start = await ask("/oauth2/start", aPage);
    const state = new URL(start.headers.location ?? "").searchParams.get("state") ?? "";
    const answer = await ask(`/oauth2/callback?code=stolen&state=${encodeURIComponent(state)}`, {
      ...aPage,
      ...{ "X-Real-IP": "203.0.113.7", "X-Forwarded-For": "203.0.113.7" },
    });
    expect(answer.status).toBe(403);
    expect(answer.body).toContain("begun in another browser");
    expect(system.proxyLog()).toMatch(/^127\.0\.0\.1.* Invalid authentication via OAuth2/m);
    expect(system.proxyLog()).not.toContain("203.0.113.7");
    const broken = await ask("/oauth2/callback?error=access_denied&error_description=%3Cb%3E", aPage);
    expect([broken.status, broken.body.includes("The login did not succeed")]).toEqual([403, true]);
  });

  it("signs out, wherever the link wants to lead", async () => {
    const context = await window();
    const page = await context.newPage();
    await logIn(page, "anna", prometheus, "/");
    expect(await cookieOf(context, prometheus)).toBeDefined();
    await page.goto(system.urlOf(prometheus, "/oauth2/sign_out?rd=https%3A%2F%2Fevil.example.net%2F"));
    expect(page.url()).toBe(system.urlOf(prometheus, "/oauth2/signed_out"));
    expect(await page.innerText("h1")).toBe("You are signed out");
    expect([await fits(page), await brokenRules(page)]).toEqual([true, []]);
    await keepPicture(page, "edge-signed-out");
    expect(await cookieOf(context, prometheus)).toBeUndefined();
    await context.close();
  });

  it("shows no more of oauth2-proxy than people need, and nothing of it at hosts with logins of their own", async () => {
    for (const path of [
      "/oauth2",
      "/oauth2/auth",
      "/oauth2/userinfo",
      "/oauth2/sign_in",
      "/oauth2/static/css",
    ]) {
      expect([path, (await ask(path, { Cookie: cookie })).status]).toEqual([path, 404]);
    }
    const own = await ask("/oauth2/start", {}, "grafana.example.com");
    expect((JSON.parse(own.body) as Asked).url).toBe("/oauth2/start");
    expect(await system.proxyMetrics()).toMatch(/oauth2_proxy_requests_total\{code="202"\} \d+/);
  });

  it("asks again when a login is too old", async () => {
    await system.stopProxy();
    await system.startProxy(["--cookie-expire=1s"]);
    await until(async () => (await ask("/", { ...aPage, Cookie: cookie })).status === 302);
    await system.stopProxy();
    await system.startProxy();
    expect((await ask("/", { ...aPage, Cookie: cookie })).status).toBe(200);
  });

  it("keeps who is in while the provider is away, and says to all others what is", async () => {
    const start = await ask("/oauth2/start", aPage);
    await system.stopProvider();
    expect((await ask("/", { ...aPage, Cookie: cookie })).status).toBe(200);
    expect((await ask("/", loginOf("ci", passwords.ci))).status).toBe(200);
    const state = new URL(start.headers.location ?? "").searchParams.get("state") ?? "";
    const csrf = start.headers["set-cookie"]?.map((each) => each.split(";")[0]).join("; ") ?? "";
    const answer = await ask(`/oauth2/callback?code=a&state=${encodeURIComponent(state)}`, {
      ...aPage,
      Cookie: csrf,
    });
    expect([answer.status, answer.body.includes("The provider of logins did not answer")]).toEqual([
      500,
      true,
    ]);
  });

  it("says so where oauth2-proxy is away, which waits for the provider, and lets users in", async () => {
    await system.stopProxy();
    await system.tryProxy();
    const context = await window();
    const page = await context.newPage();
    const answer = await page.goto(system.urlOf(prometheus, "/graph"));
    expect([answer?.status(), await page.innerText("h1")]).toEqual([503, "Nobody can log in at the moment"]);
    expect([await fits(page), await brokenRules(page)]).toEqual([true, []]);
    await keepPicture(page, "edge-away");
    await context.close();
    const program = await ask("/api/v1/query?query=up", { Cookie: cookie });
    expect([program.status, program.body]).toEqual([503, expect.stringMatching(/^Nobody can log in /)]);
    expect(program.headers["strict-transport-security"]).toBe("max-age=31536000");
    expect((await ask("/", loginOf("ci", passwords.ci))).status).toBe(200);
  });

  it("is there again with the provider, and tells a program that is away from a login that is", async () => {
    await system.startProvider();
    await system.startProxy();
    expect((await ask("/", { ...aPage, Cookie: cookie })).status).toBe(200);
    system.behind.stop();
    const answer = await ask("/", { ...aPage, Cookie: cookie });
    expect([answer.status, answer.body]).toEqual([502, ""]);
  });
});
