import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { operate } from "../../operations/terraform/stack-operations";
import { lockedVersions, type RequiredProviders } from "../../operations/terraform/provider-locks";
import { writeLock } from "../../operations/terraform/write-locks";
import { findAwsProvider } from "../support/aws-provider";
import { describeUnless } from "../support/require-program";
import { temporaryFolder } from "../support/temporary-folder";

const makeFolder = temporaryFolder();
const found = findAwsProvider("5.100.0");
const reason = typeof found === "string" ? found : "";
const plugin = typeof found === "string" ? undefined : found;

jest.setTimeout(600_000);

describeUnless(reason, "The checksums of providers, with Terraform and a real provider", () => {
  const project = makeFolder();
  const folder = join(project, "cdktf.out/stacks/x-aws");
  const kept = join(project, "providers/locks/aws.lock.hcl");
  const providers = (version: string): RequiredProviders => ({ aws: { source: "hashicorp/aws", version } });
  const stack = { name: "x-aws", dependencies: [], folder, resources: 1, variables: [] };
  const mirror = /path = "([^"]+)"/.exec(readFileSync(plugin?.cliConfigFile ?? "", "utf8"))?.[1] ?? "";
  const said: string[] = [];
  const write = (version: string) => {
    const json = {
      terraform: { required_providers: providers(version), backend: { local: { path: "state" } } },
      resource: { terraform_data: { one: { input: 1 } } },
    };
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(json));
  };
  const diff = () => operate(stack, "diff", { json: false, yes: true });
  const config = (path: string) => {
    const file = join(project, "terraform.rc");
    writeFileSync(file, `provider_installation {\n  filesystem_mirror {\n    path = "${path}"\n  }\n}\n`);
    process.env.TF_CLI_CONFIG_FILE = file;
  };

  beforeAll(() => {
    mkdirSync(folder, { recursive: true });
    write(plugin?.version ?? "");
    config(mirror);
    jest.spyOn(console, "log").mockImplementation((line: string) => said.push(line));
  });
  afterAll(() => {
    jest.restoreAllMocks();
    delete process.env.TF_CLI_CONFIG_FILE;
    plugin?.remove();
  });

  it("are kept by the first run, which says to commit them, and used by the next as they are", async () => {
    expect((await diff()).outcome).toBe("would change");
    expect(said.join("\n")).toMatch(/Wrote .*providers\/locks\/aws\.lock\.hcl.*Commit it/);
    const first = readFileSync(kept, "utf8");
    expect(lockedVersions(first)).toEqual(
      new Map([["registry.terraform.io/hashicorp/aws", plugin?.version]]),
    );
    said.length = 0;
    expect((await diff()).outcome).toBe("would change");
    expect(said.join("\n")).not.toContain("Commit it");
    expect(readFileSync(kept, "utf8")).toBe(first);
  });

  it("are written again by `npm run lock` as they were, and a platform that cannot be had changes nothing", async () => {
    const before = readFileSync(kept, "utf8");
    const lock = (platform: string) =>
      writeLock(providers(plugin?.version ?? ""), { platforms: [platform], mirror, project });
    const target = process.arch === "arm64" ? "linux_arm64" : "linux_amd64";
    expect(await lock(target)).toEqual({ file: "providers/locks/aws.lock.hcl", outcome: "unchanged" });
    const failed = await lock("plan9_amd64");
    expect([failed.outcome, failed.said]).toEqual(["failed", expect.stringContaining("plan9_amd64")]);
    expect(readFileSync(kept, "utf8")).toBe(before);
    expect(readdirSync(join(project, "providers/locks"))).toEqual(["aws.lock.hcl"]);
  });

  it("refuse another program of the provider's name, and say so", async () => {
    const changed = join(project, "mirror");
    const place = join("registry.terraform.io/hashicorp/aws", plugin?.version ?? "");
    cpSync(join(mirror, place), join(changed, place), { recursive: true, dereference: true });
    const [platform = ""] = readdirSync(join(changed, place));
    const program = readdirSync(join(changed, place, platform)).find((name) =>
      name.startsWith("terraform-provider"),
    );
    appendFileSync(join(changed, place, platform, program ?? ""), "x");
    config(changed);
    // As in a new checkout: what is installed already is not fetched again.
    rmSync(join(folder, ".terraform"), { recursive: true });
    const before = readFileSync(kept, "utf8");
    await expect(diff()).rejects.toThrow(
      /init failed.*checksums.*aws\.lock\.hcl has the checksums of the providers that were reviewed.*do not use it/s,
    );
    expect(readFileSync(kept, "utf8")).toBe(before);
    config(mirror);
    expect((await diff()).outcome).toBe("would change");
  });

  it("of another version than the stack requires are told before Terraform is run", async () => {
    write("5.99.0");
    await expect(diff()).rejects.toThrow(/the stack wants 5\.99\.0, the file has .*npm run lock/s);
    expect(existsSync(kept)).toBe(true);
  });
});
