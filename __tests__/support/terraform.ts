import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { Protection } from "../../operations/terraform/protection";

/** What a command of Terraform printed, and how it ended. */
export interface TerraformResult {
  readonly exitCode: number;
  readonly output: string;
}

/** Terraform in the folder of one synthesized stack. */
export class Terraform {
  /**
   * @param folder of the stack, with its `cdk.tf.json`
   * @param env its whole environment, besides PATH and HOME: nothing of the developer's own credentials gets in
   */
  constructor(
    private readonly folder: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** The same folder with other environment variables; `undefined` takes one away. */
  with(env: Readonly<Record<string, string | undefined>>): Terraform {
    const entries = Object.entries({ ...this.env, ...env });
    const given = entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
    return new Terraform(this.folder, Object.fromEntries(given));
  }

  /** Replaces the pinned version of the AWS provider by the one that there is. */
  useAwsProvider(version: string): void {
    const file = join(this.folder, "cdk.tf.json");
    const json = JSON.parse(readFileSync(file, "utf8")) as {
      terraform: { required_providers: { aws: { version: string } } };
    };
    json.terraform.required_providers.aws.version = version;
    writeFileSync(file, JSON.stringify(json, null, 2));
  }

  /** `terraform init`; an error with its output when it fails. */
  async init(...args: string[]): Promise<void> {
    await this.succeed("init", "-input=false", ...args);
  }

  /** `terraform validate`; an error with its output when it fails. */
  async validate(): Promise<void> {
    await this.succeed("validate");
  }

  /** `terraform apply`; an error with its output when it fails. */
  async apply(): Promise<void> {
    await this.succeed("apply", "-input=false", "-auto-approve");
  }

  /** `terraform destroy`, of what is protected too; an error with its output when it fails. */
  async destroy(): Promise<void> {
    Protection.of(this.folder).lift();
    await this.succeed("destroy", "-input=false", "-auto-approve");
  }

  /** The plan's text where it would change something, an empty text where it would not. */
  async pendingChanges(): Promise<string> {
    const { exitCode, output } = await this.run("plan", "-input=false", "-detailed-exitcode");
    if (exitCode === 0) return "";
    if (exitCode === 2) return output;
    throw new Error(`terraform plan failed with ${String(exitCode)}:\n${output}`);
  }

  /** `terraform force-unlock`; an error with its output when it fails. */
  async unlock(id: string): Promise<void> {
    await this.succeed("force-unlock", "-force", id);
  }

  /** Addresses of what is in the state, without data sources. */
  async resources(): Promise<string[]> {
    const output = await this.succeed("state", "list");
    return output.split("\n").filter((line) => line !== "" && !line.startsWith("data."));
  }

  /** Runs a command whatever its exit status. */
  run(...args: string[]): Promise<TerraformResult> {
    const { PATH = "", HOME = "" } = process.env;
    // Most of a command is reading the AWS provider's schema, and a third of that was collecting its garbage.
    const env = { PATH, HOME, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", GOGC: "400", ...this.env };
    const options = { cwd: this.folder, env, timeout: 240_000, maxBuffer: 64 * 1024 * 1024 };
    return new Promise((resolve) => {
      execFile("terraform", args, options, (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
        const killed = error?.killed === true ? "\n(ended after its time limit)" : "";
        resolve({ exitCode, output: stripVTControlCharacters(`${stdout}${stderr}${killed}`) });
      });
    });
  }

  private async succeed(...args: string[]): Promise<string> {
    const { exitCode, output } = await this.run(...args);
    if (exitCode !== 0) throw new Error(`terraform ${args.join(" ")} failed:\n${output}`);
    return output;
  }
}
