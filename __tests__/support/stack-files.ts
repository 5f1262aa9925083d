import { loadEnvironments } from "./environments";
import { synthesizeEnvironments } from "./synth";

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
  const files = synthesizeEnvironments(load(environment));
  const { resource } = JSON.parse(files.get(`stacks/${environment}-${stack}/cdk.tf.json`) ?? "") as {
    resource: {
      docker_container: Record<string, { name: string; upload?: { file: string; content: string }[] }>;
    };
  };
  const found = Object.values(resource.docker_container).find(({ name }) => name === container);
  if (!found) throw new Error(`${environment}-${stack} has no container ${container}.`);
  // Terraform's escapes of its templates.
  const entries = (found.upload ?? []).map(({ file, content }) => [
    file,
    content.replace(/([$%])\1(?=\{)/g, "$1"),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}
