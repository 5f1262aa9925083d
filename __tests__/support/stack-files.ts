import { loadEnvironments } from "./environments";
import { type NamedContainer, ownNameOf } from "../../operations/terraform/own-name";
import { synthesizeEnvironments } from "./synth";

interface ContainerJson {
  readonly name: string;
  readonly labels?: NamedContainer["labels"];
  readonly env?: readonly string[];
  readonly upload?: readonly { readonly file: string; readonly content: string }[];
}

/**
 * The files that a stack puts into one of its containers, by path, as Terraform would write them.
 * @param load where the environment is. Default: among those of the tests
 */
export function uploadedFiles(
  environment: string,
  stack: string,
  container: string,
  load = loadEnvironments,
): Record<string, string> {
  const { upload = [] } = containerOf(environment, stack, container, load);
  // Terraform's escapes of its templates.
  const entries = upload.map(({ file, content }) => [file, content.replace(/([$%])\1(?=\{)/g, "$1")]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** The variables that a stack gives one of its containers. */
export function containerVariables(
  environment: string,
  stack: string,
  container: string,
): Record<string, string> {
  const { env = [] } = containerOf(environment, stack, container, loadEnvironments);
  const entries = env.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]);
  return Object.fromEntries(entries) as Record<string, string>;
}

function containerOf(
  environment: string,
  stack: string,
  container: string,
  load: typeof loadEnvironments,
): ContainerJson {
  const files = synthesizeEnvironments(load(environment));
  const { resource } = JSON.parse(files.get(`stacks/${environment}-${stack}/cdk.tf.json`) ?? "") as {
    resource: { docker_container: Record<string, ContainerJson> };
  };
  const found = Object.values(resource.docker_container).find((each) => ownNameOf(each) === container);
  if (!found) throw new Error(`${environment}-${stack} has no container ${container}.`);
  return found;
}
