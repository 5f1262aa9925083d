import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { type AwsProviderPlugin, findAwsProvider } from "./aws-provider";
import { type Moto, motoServer, startMoto } from "./moto";
import { findProgram } from "../../operations/find-program";
import { describeUnless, describeWith, type Program } from "./require-program";
import { Template } from "./template";

const terraform: Program = {
  name: "terraform",
  hint: "Get Terraform 1.10 or newer from https://developer.hashicorp.com/terraform/install.",
};

/** What a suite runs against. To be read inside of tests and hooks only. */
export interface EmulatedAws {
  readonly moto: Moto;
  readonly plugin: AwsProviderPlugin;
}

/** A suite that gets a real Terraform with the real AWS provider, and an emulated account for it. */
export function describeOnEmulatedAws(title: string, suite: (aws: () => EmulatedAws) => void): void {
  const programs = [terraform, motoServer];
  const complete = programs.every(({ name }) => findProgram(name) !== undefined);
  const found = complete ? findAwsProvider(pinnedVersion()) : "";
  describeWith(programs, title, () => {
    describeUnless(typeof found === "string" ? found : "", "with the real AWS provider", () => {
      let moto: Moto | undefined;
      beforeAll(async () => {
        if (typeof found !== "string") process.stderr.write(`${title}: ${found.note}\n`);
        moto = await startMoto();
      });
      afterAll(async () => {
        await moto?.stop();
        if (typeof found !== "string") found.remove();
      });
      suite(() => {
        if (moto === undefined || typeof found === "string") throw new Error("The suite has not started.");
        return { moto, plugin: found };
      });
    });
  });
}

/** The version that the bindings ask for, as it is synthesized. */
function pinnedVersion(): string {
  const stack = new TerraformStack(Testing.app(), "versions");
  new AwsProvider(stack, "aws");
  const { required_providers } = Template.synth(stack).terraform();
  return (required_providers as { aws: { version: string } }).aws.version;
}
