import { loadEnvironments } from "./environments";
import { uploadedFiles } from "./stack-files";

/**
 * The files of an environment's Alertmanager with its receivers at other addresses.
 * @param inbox what takes the place of the inbox of `local`
 * @param edit changes the configuration
 * @param load where the environment is. Default: among those of the tests
 */
export function alertmanagerFiles(
  environment: string,
  inbox: string,
  edit: (configuration: string) => string,
  load = loadEnvironments,
): Record<string, string> {
  const files = Object.entries(uploadedFiles(environment, "alertmanager", "alertmanager", load));
  return Object.fromEntries(
    files.map(([path, content]) => {
      const here = content.replaceAll("http://inbox:8025", inbox);
      return [path, path.endsWith("/alertmanager.yml") ? edit(here) : here];
    }),
  );
}
