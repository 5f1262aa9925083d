import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { DockerEngine } from "./docker-engine";
import { programPath, RootFolder } from "./docker-root-folder";
import { addBusybox, type WantedContainer } from "./docker-stand-ins";
import { motoServer } from "./moto";

/** Makes an image under Grafana's name: this machine's Node with the stand-in of Grafana's API. */
export async function makeGrafana(engine: DockerEngine, { image, volumes }: WantedContainer): Promise<void> {
  const root = new RootFolder();
  addBusybox(root);
  root.addProgram(process.execPath, "/usr/bin/node");
  for (const path of volumes) root.addFolder(path, 472, 0);
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, "grafana-program.ts")],
    bundle: true,
    platform: "node",
    target: "node20",
    write: false,
  });
  root.write("/usr/share/grafana.js", outputFiles[0]?.text ?? "");
  await root.import(engine, [image], ["ENV PATH=/usr/bin", `ENTRYPOINT ["node", "/usr/share/grafana.js"]`]);
}

interface PythonPaths {
  /** The interpreter itself, not a virtual environment's link to it. */
  readonly interpreter: string;
  readonly standardLibrary: string;
  /** The folder of the packages, moto among them. */
  readonly packages: string;
}

const askPython = `
import json, os, sys, sysconfig, moto
print(json.dumps({
    "interpreter": os.path.realpath(sys._base_executable),
    "standardLibrary": sysconfig.get_path("stdlib"),
    "packages": os.path.dirname(os.path.dirname(moto.__file__)),
}))
`;

/** Makes an image under moto's name: this machine's moto, with its Python. */
export async function makeMoto(engine: DockerEngine, { image }: WantedContainer): Promise<void> {
  const server = programPath(motoServer.name);
  const python = /^#!(\S+)/.exec(readFileSync(server, "utf8"))?.[1];
  if (python === undefined) throw new Error(`${server} does not name its Python.`);
  const paths = JSON.parse(execFileSync(python, ["-c", askPython], { encoding: "utf8" })) as PythonPaths;
  const { interpreter, standardLibrary, packages } = paths;
  const root = new RootFolder();
  root.addProgram(interpreter, "/usr/local/bin/python");
  const library = join("/usr/local/lib", standardLibrary.split("/").at(-1) ?? "");
  root.copy(standardLibrary, library, (name) => !["site-packages", "dist-packages", "test"].includes(name));
  root.copy(packages, join(library, "site-packages"));
  for (const folder of [standardLibrary, packages]) {
    for (const file of extensionsIn(folder)) root.addLibrariesOf(file);
  }
  const entrypoint = JSON.stringify(["python", "-m", "moto.server", "-H", "0.0.0.0"]);
  await root.import(engine, [image], ["ENV PATH=/usr/local/bin", `ENTRYPOINT ${entrypoint}`]);
}

/** The modules of a folder that are not written in Python. */
function extensionsIn(folder: string): string[] {
  const isForeign = (path: string) => /(?:^|\/)(?:site-packages|dist-packages|test)\//.test(path);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".so") && !isForeign(path))
    .map((path) => join(folder, path));
}
