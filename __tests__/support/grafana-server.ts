import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { findExecutable } from "../../demo/executables";
import { ManagedProcess } from "../../demo/processes";
import type { grafanaContainer } from "./grafana-logins";
import type { Program } from "./require-program";

/** Grafana's server. No registry of packages that CI reaches has it. */
export const grafanaProgram: Program = {
  name: "grafana",
  hint: "Grafana 13.2 or newer, of the same archive as its folder conf: https://grafana.com/grafana/download",
};

/** What a server has of its own in a test. */
interface Place {
  readonly folder: string;
  readonly port: number;
  /** Contents of the files with secrets, by their paths in the container. */
  readonly secrets: Readonly<Record<string, string>>;
  /** File with the certificates of authorities that it believes. */
  readonly authorities: string;
  /** Variables in the place of those that are deployed: addresses. */
  readonly env: Readonly<Record<string, string>>;
}

/** The variables as the image's start script passes them on: those that end with `__FILE` become what the file holds. */
function asStarted(
  variables: ReturnType<typeof grafanaContainer>["env"],
  secrets: Place["secrets"],
): Record<string, string> {
  const ending = "__FILE";
  return Object.fromEntries(
    Object.entries(variables).map(([name, value = ""]) => {
      if (!name.endsWith(ending)) return [name, value];
      const content = secrets[value];
      if (content === undefined) throw new Error(`There is no file ${value}, which ${name} names.`);
      return [name.slice(0, -ending.length), content];
    }),
  );
}

/** Starts the server of this machine with the variables of the container, and waits until it answers. */
export async function startGrafana(
  { env }: Pick<ReturnType<typeof grafanaContainer>, "env">,
  place: Place,
): Promise<ManagedProcess> {
  const { name, hint } = grafanaProgram;
  const found = findExecutable({ commands: [name], oldest: [], install: hint });
  if ("missing" in found) throw new Error(found.missing);
  const homes = [dirname(dirname(realpathSync(found.path))), "/usr/share/grafana"];
  const home = homes.find((each) => existsSync(join(each, "conf", "defaults.ini")));
  if (home === undefined)
    throw new Error(`No folder of ${homes.join(", ")} has Grafana's conf/defaults.ini.`);
  const folders = Object.fromEntries(
    ["data", "logs", "plugins", "provisioning"].map((each) => {
      mkdirSync(join(place.folder, each));
      return [`GF_PATHS_${each.toUpperCase()}`, join(place.folder, each)];
    }),
  );
  const server = new ManagedProcess({
    name,
    command: found.path,
    args: ["server", "--homepath", home],
    cwd: place.folder,
    env: {
      PATH: process.env.PATH,
      HOME: place.folder,
      ...asStarted(env, place.secrets),
      ...folders,
      GF_SERVER_HTTP_ADDR: "127.0.0.1",
      GF_SERVER_HTTP_PORT: String(place.port),
      SSL_CERT_FILE: place.authorities,
      ...place.env,
    },
  });
  await server.healthy(`http://127.0.0.1:${String(place.port)}/api/health`, 120_000);
  return server;
}
