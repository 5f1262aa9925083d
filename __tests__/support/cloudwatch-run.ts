import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, type TerraformStack } from "cdktf";
import { AwsAccountReader } from "./aws-account";
import type { AwsProviderPlugin } from "./aws-provider";
import type { Moto } from "./moto";
import { Terraform } from "./terraform";

/** A URL that only Terraform's variable may know. */
export const secretUrl = "https://pager.example.com/hooks/7f3c-not-in-the-json";

/** The same of heartbeats. */
export const heartbeatUrl = "https://heartbeats.example.com/7f3c-not-in-the-json";

/** A stack, synthesized into a project's folder of its own, with a real Terraform for an emulated account. */
export class CloudWatchRun {
  /** Folder in which Terraform runs. */
  readonly folder: string;
  readonly terraform: Terraform;
  readonly account: AwsAccountReader;
  private readonly project: string;

  /**
   * @param options.endpointFromStack whether the stack itself names the emulator; else the process's environment does,
   * as for a stack that goes to the real AWS
   */
  constructor(
    makeStack: (app: App) => TerraformStack,
    plugin: AwsProviderPlugin,
    options: { readonly moto: Moto; readonly region: string; readonly endpointFromStack: boolean },
  ) {
    const { moto, region, endpointFromStack } = options;
    this.project = mkdtempSync(join(tmpdir(), "cloudwatch-"));
    const outdir = join(this.project, "cdktf.out");
    const app = new App({ outdir, stackTraces: false });
    const stack = makeStack(app);
    app.synth();
    this.folder = join(outdir, "stacks", stack.node.id);
    this.terraform = new Terraform(this.folder, {
      TF_CLI_CONFIG_FILE: plugin.cliConfigFile,
      TF_VAR_cloudwatch_pager_url: secretUrl,
      TF_VAR_cloudwatch_heartbeat_url: heartbeatUrl,
      ...(endpointFromStack
        ? {}
        : { AWS_ENDPOINT_URL: moto.url, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" }),
    });
    this.terraform.useAwsProvider(plugin.version);
    this.account = new AwsAccountReader(moto.url, region);
  }

  /** Removes the project's folder and closes connections; what Terraform made must be destroyed before. */
  remove(): void {
    this.account.close();
    rmSync(this.project, { recursive: true, force: true });
  }
}
