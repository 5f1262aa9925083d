import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { asVariables, LocalSecrets } from "../../../operations/up/secrets";
import { temporaryFolder } from "../../support/temporary-folder";

const makeFolder = temporaryFolder();
const variables = [
  { name: "grafana_admin_password", description: "" },
  { name: "email_ops_auth_password", description: "" },
  { name: "pager_url", description: "" },
];
const newFile = () => join(makeFolder(), ".secrets", "local.json");
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("the secrets of a local environment", () => {
  it("are made at random, long and fit for a URL, each its own; addresses cannot be made up", () => {
    const [first, second] = [newFile(), newFile()].map((file) =>
      new LocalSecrets(file, "local").valuesFor(variables, {}),
    );
    expect(Object.keys(first ?? {})).toEqual(["grafana_admin_password", "email_ops_auth_password"]);
    const all = [...Object.values(first ?? {}), ...Object.values(second ?? {})];
    expect(new Set(all).size).toBe(4);
    for (const secret of all) expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it("are kept for their owner alone, whatever the umask, and are the same the next time", () => {
    const file = newFile();
    const umask = process.umask(0);
    const secrets = new LocalSecrets(file, "local");
    const made = secrets.valuesFor(variables, {});
    secrets.keep(made);
    process.umask(umask);
    expect([mode(join(file, "..")), mode(file)]).toEqual(["700", "600"]);
    expect(readdirSync(join(file, ".."))).toEqual(["local.json"]);
    expect(new LocalSecrets(file, "local").valuesFor(variables, {})).toEqual(made);
  });

  it("are left out where the user sets his own, and those that are kept stay when one is added", () => {
    const file = newFile();
    const env = { TF_VAR_grafana_admin_password: "mine" };
    const made = new LocalSecrets(file, "local").valuesFor(variables, env);
    expect(Object.keys(made)).toEqual(["email_ops_auth_password"]);
    new LocalSecrets(file, "local").keep(made);
    const more = new LocalSecrets(file, "local");
    more.keep(more.valuesFor(variables, {}));
    expect(new LocalSecrets(file, "local").get("email_ops_auth_password")).toBe(made.email_ops_auth_password);
    expect(readFileSync(file, "utf8")).not.toContain("mine");
  });

  it.each([
    ["the file", 0o700, 0o640, /local\.json holds secrets, and others .* \(mode 640\)\.\n.*chmod 600 /],
    ["the folder", 0o755, 0o600, /\.secrets holds secrets, and others .* \(mode 755\)\.\n.*chmod 700 /],
  ])("are refused when others can read %s", (_, folderMode, fileMode, message) => {
    const file = newFile();
    const folder = join(file, "..");
    mkdirSync(folder);
    writeFileSync(file, `{ "a": "s3cret" }`);
    chmodSync(file, fileMode);
    chmodSync(folder, folderMode);
    expect(() => new LocalSecrets(file, "local")).toThrow(message);
    expect(() => new LocalSecrets(file, "local")).not.toThrow("s3cret");
  });

  it.each([["s3cret, no JSON"], [`["s3cret"]`], [`{ "a": 1 }`], [`{ "a": "" }`]])(
    "are refused when the file holds %s, without showing it",
    (text) => {
      const file = newFile();
      mkdirSync(join(file, ".."), { mode: 0o700 });
      writeFileSync(file, text, { mode: 0o600 });
      expect(() => new LocalSecrets(file, "local")).toThrow(/local\.json must hold one JSON object of texts/);
      expect(() => new LocalSecrets(file, "local")).not.toThrow("s3cret");
    },
  );

  it("reach Terraform as variables of its environment", () => {
    expect(asVariables({ password: "x" })).toEqual({ TF_VAR_password: "x" });
  });
});
