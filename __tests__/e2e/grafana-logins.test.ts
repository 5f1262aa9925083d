import type { ManagedProcess } from "../../demo/processes";
import { freePorts } from "../../operations/loopback-port";
import { clientSecret, people, type Person, roleOfPerson, startPeople } from "../support/grafana-people";
import { grafanaProgram, startGrafana } from "../support/grafana-server";
import { TestInbox } from "../support/inbox";
import { describeWhereThereIs } from "../support/require-program";
import { openssl } from "../support/server-certificate";
import { temporaryFolder } from "../support/temporary-folder";
import { until } from "../support/until";
import { Visitor } from "../support/visitor";

const makeFolder = temporaryFolder();
const adminPassword = "s3cr3t-of-admin";
const admin = { authorization: `Basic ${Buffer.from(`admin:${adminPassword}`).toString("base64")}` };
const json = { "content-type": "application/json" };

jest.setTimeout(300_000);

interface Permissions {
  readonly resource: {
    readonly grafana_folder_permission: Readonly<
      Record<string, { readonly permissions?: readonly { readonly role: string }[] }>
    >;
  };
}

describeWhereThereIs([grafanaProgram, openssl], "a real Grafana with the deployed settings of logins", () => {
  const inbox = new TestInbox();
  let running: Awaited<ReturnType<typeof startPeople>>;
  let server: ManagedProcess;
  let url: string;
  beforeAll(async () => {
    const [port = 0] = await freePorts(1);
    url = `http://127.0.0.1:${String(port)}`;
    const folder = makeFolder();
    running = await startPeople(folder, url, [
      "grafana.visibleFrom",
      { platform: "Editor", business: "Admin" },
    ]);
    const mail = await inbox.listenForMail();
    server = await startGrafana(running.container, {
      folder,
      port,
      secrets: {
        "/run/secrets/grafana-admin-password": adminPassword,
        "/run/secrets/grafana-oidc-client-secret": clientSecret,
        "/run/secrets/grafana-smtp-password": "inbox",
      },
      authorities: running.certificate.file,
      env: {
        GF_SERVER_ROOT_URL: url,
        GF_SMTP_HOST: `127.0.0.1:${String(mail)}`,
        // The inbox makes its own certificate.
        GF_SMTP_SKIP_VERIFY: "true",
      },
    });
  });
  afterAll(() => Promise.all([server.stop(), running.provider.stop(), inbox.close()]));

  async function loggedIn(person: Person): Promise<Visitor> {
    const visitor = new Visitor(running.certificate.cert);
    await visitor.logIn(`${url}/login/generic_oauth`, person);
    return visitor;
  }
  const asAdmin = (path: string, method = "GET", body?: object) =>
    new Visitor("").send(`${url}${path}`, {
      method,
      headers: { ...admin, ...json },
      ...(body && { body: JSON.stringify(body) }),
    });

  it.each(people)("gives %s the role of his groups, or refuses him", async (person) => {
    const visitor = await loggedIn(person);
    const { status, body } = await visitor.send(`${url}/api/user/orgs`);
    const role = status === 200 ? (JSON.parse(body) as { role: string }[])[0]?.role : "refused";
    expect([status, role]).toEqual([roleOfPerson[person] === "refused" ? 401 : 200, roleOfPerson[person]]);
  });

  it("makes no account of who is refused, and nobody the server's administrator", async () => {
    const { body } = await asAdmin("/api/users");
    const users = JSON.parse(body) as { login: string; email: string; isAdmin: boolean }[];
    expect(users.filter(({ isAdmin }) => isAdmin).map(({ login }) => login)).toEqual(["admin"]);
    const expected = people
      .filter((each) => roleOfPerson[each] !== "refused")
      .map((each) => `${each}@example.com`);
    expect(users.flatMap(({ login, email }) => (login === "admin" ? [] : [email])).sort()).toEqual(
      expected.sort(),
    );
  });

  it("keeps the session in a cookie that scripts do not read, and that is sent by TLS alone", async () => {
    const { setCookies } = await loggedIn("vera");
    const session = setCookies.filter((line) => /^grafana_session=[^;]/.test(line));
    expect(session.length).toBeGreaterThan(0);
    for (const line of session) {
      expect(line).toMatch(/; *HttpOnly/i);
      expect(line).toMatch(/; *Secure/i);
      expect(line).toMatch(/; *SameSite=Lax/i);
    }
  });

  it("lets admin in by HTTP Basic, as Terraform comes, and nobody without a login", async () => {
    expect((await asAdmin("/api/org")).status).toBe(200);
    expect((await new Visitor("").send(`${url}/api/search`)).status).toBe(401);
    const wrong = { authorization: `Basic ${Buffer.from("admin:wr0ng").toString("base64")}` };
    expect((await new Visitor("").send(`${url}/api/org`, { headers: wrong })).status).toBe(401);
  });

  it("shows a folder to the roles of its audience alone", async () => {
    const { resource } = JSON.parse(running.container.stack("grafana")) as Permissions;
    for (const uid of ["services", "platform", "business"]) {
      const [, found] =
        Object.entries(resource.grafana_folder_permission).find(([id]) => id.startsWith(`${uid}_`)) ?? [];
      if (!found) throw new Error(`The stack says nothing of who sees ${uid}.`);
      expect((await asAdmin("/api/folders", "POST", { uid, title: uid })).status).toBe(200);
      const items = (found.permissions ?? []).map(({ role }) => ({ role, permission: 1 }));
      expect((await asAdmin(`/api/folders/${uid}/permissions`, "POST", { items })).status).toBe(200);
    }
    const seenBy = async (person: Person) => {
      const { body } = await (await loggedIn(person)).send(`${url}/api/search?type=dash-folder`);
      return (JSON.parse(body) as { uid: string }[]).map(({ uid }) => uid).sort();
    };
    expect(await seenBy("vera")).toEqual(["services"]);
    expect(await seenBy("ede")).toEqual(["platform", "services"]);
    expect(await seenBy("ada")).toEqual(["business", "platform", "services"]);
  });

  it("signs out at the provider, too", async () => {
    const { headers } = await (await loggedIn("vera")).send(`${url}/logout`);
    const target = new URL(headers.location ?? "");
    expect(`${target.origin}${target.pathname}`).toBe(`${running.issuer}/session/end`);
    expect(target.searchParams.get("post_logout_redirect_uri")).toBe("https://grafana.example.com/login");
    expect(target.searchParams.get("id_token_hint")?.split(".")).toHaveLength(3);
  });

  it("mails a link to reset a password, by TLS and with a login", async () => {
    const path = "/api/user/password/send-reset-email";
    expect((await asAdmin(path, "POST", { userOrEmail: "admin" })).status).toBe(200);
    await until(async () => (await inbox.messages()).length > 0);
    const [mail] = await inbox.messages();
    expect(mail).toMatchObject({ kind: "email", receiver: "admin@localhost" });
    expect(JSON.stringify(mail)).toContain("/user/password/reset?code=");
  });
});
