import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { terraform } from "../../operations/terraform/terraform";
import { environmentNames } from "../support/environments";
import { itWithProvider, type RequiredProvider } from "../support/provider";
import { describeWith } from "../support/require-program";
import { synthesizeEnvironments } from "../support/synth";
import { temporaryFolder } from "../support/temporary-folder";

const makeFolder = temporaryFolder();
const files = synthesizeEnvironments();

jest.setTimeout(300_000);

/** The provider of this name, as a stack requires it. */
function required(stack: string, name: string): RequiredProvider {
  const { terraform } = JSON.parse(files.get(`stacks/${stack}/cdk.tf.json`) ?? "") as {
    terraform: { required_providers: Record<string, RequiredProvider> };
  };
  const provider = terraform.required_providers[name];
  if (!provider) throw new Error(`${stack} does not require ${name}.`);
  return provider;
}

async function validate(stack: string): Promise<unknown> {
  const folder = join(makeFolder(), stack);
  mkdirSync(folder);
  writeFileSync(join(folder, "cdk.tf.json"), files.get(`stacks/${stack}/cdk.tf.json`) ?? "");
  const init = await terraform(folder, ["init", "-backend=false", "-input=false", "-no-color"]);
  if (init.status !== 0) throw new Error(init.output);
  return JSON.parse((await terraform(folder, ["validate", "-json"])).output);
}

const program = { name: "terraform", hint: "https://developer.hashicorp.com/terraform/install" };
describeWith([program], "Terraform validates with the real provider", () => {
  const valid = { valid: true, error_count: 0, warning_count: 0 };
  const withDocker = itWithProvider(required("dev-docker", "docker"));
  withDocker.each(environmentNames)("%s-docker", async (environment) => {
    expect(await validate(`${environment}-docker`)).toMatchObject(valid);
  });
  withDocker.each(environmentNames)("%s-alertmanager", async (environment) => {
    expect(await validate(`${environment}-alertmanager`)).toMatchObject(valid);
  });

  const withGrafana = itWithProvider(required("dev-grafana", "grafana"));
  withGrafana.each(environmentNames)("%s-grafana", async (environment) => {
    expect(await validate(`${environment}-grafana`)).toMatchObject(valid);
  });
});
