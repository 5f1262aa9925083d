import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSigner } from "fast-jwt";
import type { App } from "../../services/platform/app";
import { PasswordHasher } from "../../services/auth-service/passwords";
import { countedIn, exposedBy, valueOf } from "../support/metrics-of";
import { ServiceApps } from "../support/service-apps";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();
const joe = { username: "joe", password: "correct horse" };

describe("auth service", () => {
  const apps = new ServiceApps();
  let app: App;
  beforeEach(() => {
    app = apps.create("auth-service", { MAX_USERS: "2", TOKEN_LIFETIME_SECONDS: "1" });
  });
  afterEach(() => apps.close());

  const post = (url: string, payload: unknown) =>
    app.inject({ method: "POST", url, payload: payload as object });
  const token = async () => (await post("/login", joe)).json<{ token: string }>().token;

  it("registers, logs in and validates", async () => {
    const registered = await post("/register", joe);
    expect(registered.statusCode).toBe(201);
    expect(registered.json()).toEqual({ id: expect.any(String) as string, username: "joe" });
    const login = await post("/login", joe);
    expect(login.json()).toMatchObject({ tokenType: "Bearer", expiresIn: 1 });
    const valid = await post("/validate", { token: login.json<{ token: string }>().token });
    const userId = registered.json<{ id: string }>().id;
    expect(valid.json()).toEqual({ userId, username: "joe", role: "customer" });
    const families = await exposedBy(app);
    expect(valueOf(families, "registrations_total")).toBe(1);
    expect(countedIn(families, "login_attempts_total")).toEqual(["success 1"]);
    expect(countedIn(families, "token_validations_total")).toEqual(["valid 1"]);
  });

  it("has an account of staff where its password is given, which no customer drives out", async () => {
    const { url, token: ofStaff } = await apps.listenWithStaff(folder());
    const at = (path: string, body: object) =>
      fetch(`${url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    expect(await (await at("/validate", { token: ofStaff })).json()).toMatchObject({ role: "staff" });
    expect((await at("/register", { username: "Staff", password: "12345678" })).status).toBe(409);
    // Without the file there is no such account, and its name is as good as any.
    expect((await post("/register", { ...joe, username: "staff" })).statusCode).toBe(201);
    const login = await post("/login", { ...joe, username: "staff" });
    const validated = await post("/validate", { token: login.json<{ token: string }>().token });
    expect(validated.json()).toMatchObject({ role: "customer" });
  });

  it.each([
    ["that is not there", undefined, "the file cannot be read (ENOENT)"],
    ["with too short a password", "short\n", "expected 8 to 128 characters on the file's first line"],
  ])("does not start with a file of staff %s", (_what, content, problem) => {
    const file = join(folder(), "password");
    if (content !== undefined) writeFileSync(file, content);
    expect(() => apps.create("auth-service", { STAFF_PASSWORD_FILE: file })).toThrow(
      `STAFF_PASSWORD_FILE: ${problem}`,
    );
  });

  it("takes a name once, whatever its case, also when two ask at the same time", async () => {
    const answers = await Promise.all([
      post("/register", joe),
      post("/register", { ...joe, username: "JOE" }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
    expect((await post("/register", joe)).statusCode).toBe(409);
    expect(valueOf(await exposedBy(app), "registrations_total")).toBe(1);
  });

  it("answers a wrong password and an unknown user alike, and counts both", async () => {
    await post("/register", joe);
    const wrong = await post("/login", { ...joe, password: "another one" });
    const unknown = await post("/login", { ...joe, username: "nobody" });
    expect(wrong.statusCode).toBe(401);
    expect(unknown.body).toBe(wrong.body);
    expect(countedIn(await exposedBy(app), "login_attempts_total")).toEqual(["failure 2"]);
  });

  it("tells expired tokens from forged ones", async () => {
    await post("/register", joe);
    const own = await token();
    const forged = createSigner({ key: "not the key", iss: "auth-service" })({ sub: "1", username: "joe" });
    const unsigned = createSigner({ algorithm: "none" })({ sub: "1", username: "joe", iss: "auth-service" });
    const [header, payload, signature] = own.split(".");
    const tampered = [header, Buffer.from('{"sub":"1"}').toString("base64url"), signature].join(".");
    for (const bad of [
      forged,
      unsigned,
      tampered,
      `${own}x`,
      "rubbish",
      `${header ?? ""}.${payload ?? ""}.`,
    ]) {
      expect((await post("/validate", { token: bad })).statusCode).toBe(401);
    }
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await post("/validate", { token: own })).json<{ detail: string }>().detail).toBe(
      "The token is expired.",
    );
    expect(countedIn(await exposedBy(app), "token_validations_total")).toEqual(["expired 1", "invalid 6"]);
  });

  it("does not know the tokens of another instance", async () => {
    await post("/register", joe);
    const other = apps.create("auth-service");
    const response = await other.inject({
      method: "POST",
      url: "/validate",
      payload: { token: await token() },
    });
    expect(response.statusCode).toBe(401);
  });

  it("holds a bounded number of accounts: the oldest goes", async () => {
    for (const username of ["joe", "jim", "jon"]) await post("/register", { ...joe, username });
    expect((await post("/login", joe)).statusCode).toBe(401);
    expect((await post("/login", { ...joe, username: "jim" })).statusCode).toBe(200);
  });

  it.each([
    ["/register", undefined, 400],
    ["/register", {}, 400],
    ["/register", { username: 12, password: "12345678" }, 400],
    ["/register", { username: "jo", password: "12345678" }, 400],
    ["/register", { username: "a b c", password: "12345678" }, 400],
    ["/register", { username: "__proto__", password: "1234567" }, 400],
    ["/register", { username: "joe", password: "x".repeat(129) }, 400],
    ["/register", { username: "joe", password: "x".repeat(20_000) }, 413],
    ["/register", { username: "joe", password: "12345678", admin: true }, 400],
    ["/login", {}, 400],
    ["/login", { username: "joe", password: null }, 400],
    ["/login", { username: ["joe"], password: "12345678" }, 400],
    ["/validate", {}, 400],
    ["/validate", { token: "" }, 400],
    ["/validate", { token: 1 }, 400],
    ["/validate", { token: "x".repeat(5_000) }, 400],
    ["/logout", {}, 404],
  ] as const)("answers %s with %j by %i and a problem", async (url, payload, status) => {
    const response = await post(url, payload);
    expect(response.statusCode).toBe(status);
    expect(response.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    expect(response.body).not.toMatch(/x{100}|node_modules/);
  });
});

describe("passwords", () => {
  it("are salted: the same one is kept in different ways, and only it is recognized", async () => {
    const hasher = new PasswordHasher(10, 1, 10);
    const [one, two] = await Promise.all([hasher.hash("secret 12"), hasher.hash("secret 12")]);
    expect(one.hash.equals(two.hash)).toBe(false);
    expect(await hasher.verify("secret 12", one)).toBe(true);
    expect(await hasher.verify("secret 13", one)).toBe(false);
    expect(await hasher.verify("secret 12", undefined)).toBe(false);
  });

  it("are hashed a bounded number at a time", async () => {
    const hasher = new PasswordHasher(10, 1, 2);
    await hasher.verify("x", undefined);
    const results = await Promise.allSettled([hasher.hash("a"), hasher.hash("b"), hasher.hash("c")]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    await expect(hasher.hash("d")).resolves.toBeDefined();
  });
});
