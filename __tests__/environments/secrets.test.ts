import fc from "fast-check";
import { problems } from "../support/environment-problems";

const secret = "c0rrect-h0rse";
const inEnvironment = (name: string, value: string) =>
  problems(["services.0.environment", { [name]: value }]);

describe("a secret in plain text is refused, and not shown", () => {
  it.each([
    ...["DB_PASSWORD", "PGPASSWORD", "dbPassword", "MYSQL_PWD", "SMTP_PASS", "JWT_SECRET", "CLIENT_SECRET_2"],
    ...[
      "GITHUB_TOKEN",
      "API_KEY",
      "STRIPE_APIKEY",
      "AWS_SECRET_ACCESS_KEY",
      "SIGNING_KEY",
      "TLS_PRIVATE_KEY",
    ],
    ...["KEY_PASSPHRASE", "AWS_CREDENTIALS"],
  ])("under the name %s", (name) => {
    const [line = "", ...others] = inEnvironment(name, secret);
    expect(others).toEqual([]);
    expect(line).toMatch(
      new RegExp(
        `^prod\\.ts: services\\[0\\]\\.environment\\.${name}: found what looks like a secret, allowed: `,
      ),
    );
    expect(line).toMatch(
      /Put a file of it under secrets: \{ "\/run\/secrets\/[a-z0-9_]+": "[a-z][a-z0-9_]*" \}/,
    );
    expect(line).not.toContain(secret);
  });

  it.each([
    ["DATABASE_URL", `postgres://shop:${secret}@db:5432/shop`],
    ["QUEUE", `amqps://:${secret}@queue`],
    ["CERTIFICATE", "-----BEGIN RSA PRIVATE KEY-----\nMIIE"],
    ["ACCOUNT", "AKIAABCDEFGHIJKLMNOP"],
  ])("by its form, in %s", (name, value) => {
    const [line = "", ...others] = inEnvironment(name, value);
    expect(others).toEqual([]);
    expect(line).toContain(`services[0].environment.${name}: found what looks like a secret`);
    expect(line).not.toContain(value);
  });

  it("in a build argument, which stays in the image", () => {
    const build = { args: { NPM_TOKEN: secret }, sources: ["services"] };
    expect(problems(["services.0.image", undefined], ["services.0.build", build])).toEqual([
      "prod.ts: services[0].build.args.NPM_TOKEN: found what looks like a secret, allowed: nothing secret: whoever has the image can read its build arguments",
    ]);
  });
});

describe("what is no secret is taken", () => {
  it.each([
    ["DB_PASSWORD_FILE", "/run/secrets/db-password"],
    ["DB_PASSWORD", "/run/secrets/db-password"],
    ["TOKEN_TTL", "15m"],
    ["PASSWORD_MIN_LENGTH", "12"],
    ["REQUIRE_API_KEY", "true"],
    ["COMPASS", "north"],
    ["PRIMARY_KEY", "id"],
    ["DATABASE_URL", "postgres://db:5432/shop"],
    ["LINK", "https://example.com/users/a:b@c"],
  ])("%s: %s", (name, value) => {
    expect(inEnvironment(name, value)).toEqual([]);
  });

  it("also where it looks like one, when it is said so", () => {
    const environment = { environment: { CSRF_TOKEN: "x-csrf" } };
    const service = { name: "cart", port: 80, ...environment };
    expect(problems(["services.4", service])).toHaveLength(1);
    expect(problems(["services.4", { ...service, notSecret: ["CSRF_TOKEN"] }])).toEqual([]);
    expect(problems(["services.4", { ...service, notSecret: ["CSRF_TOKEN", "XSRF_TOKEN"] }])).toEqual([
      `prod.ts: services[4].notSecret[1]: found "XSRF_TOKEN", allowed: the name of a variable of this service's environment`,
    ]);
  });
});

it("whatever a secret is, no message shows it", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\w-]{8,40}$/), (value) => {
      const lines = inEnvironment("DB_PASSWORD", `${value}#`);
      expect(lines.join("")).not.toContain(`${value}#`);
    }),
    { numRuns: 50 },
  );
});
