import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { DockerEngine } from "./docker-engine";
import { RootFolder } from "./docker-root-folder";

const root = resolve(__dirname, "../..");
/** The Dockerfile of the services in Flask, from the root. */
export const flaskDockerfile = "examples/flask/Dockerfile";
/** Name of the base image that it names. On the tests' engine it is this machine's Python. */
export const pythonBaseImage =
  /^ARG PYTHON_IMAGE=(\S+)$/m.exec(readFileSync(join(root, flaskDockerfile), "utf8"))?.[1] ?? "";

/** What of Debian's image the Dockerfile's steps use. */
const debianPrograms = ["sh", "env", "ls", "rm", "cat", "find", "id"];
/** What of the standard library nothing needs here. */
const unwanted =
  /^(?:__pycache__|site-packages|dist-packages|test|tests|idlelib|tkinter|turtledemo|config-.*)$/;

/**
 * Makes the base image of this machine's Python and shell, with the libraries that they need, laid out as Docker Hub's
 * `python` is. pip finds the packages of the services in a folder, so that a build needs no network.
 */
export async function makePythonBaseImage(engine: DockerEngine): Promise<void> {
  const base = new RootFolder();
  for (const name of debianPrograms) base.addProgram(name);
  const [executable = "", library = ""] = ask(
    "import sys, sysconfig; print(sys._base_executable, sysconfig.get_path('stdlib'), sep='\\n')",
  );
  const name = `python${ask("import sys; print('%d.%d' % sys.version_info[:2])")[0] ?? ""}`;
  base.addProgram(realpathSync(executable), `/usr/local/bin/${name}`);
  for (const other of ["python3", "python"]) base.link(name, `/usr/local/bin/${other}`);
  base.copy(library, `/usr/local/lib/${name}`, (each) => !unwanted.test(each));
  const extensions = join(library, "lib-dynload");
  for (const each of readdirSync(extensions)) base.addLibrariesOf(join(extensions, each));
  // Debian has them, and packages are linked with them.
  base.addLibrariesOf(process.execPath);
  // Where Debian keeps what `venv` installs.
  const wheels = "/usr/share/python-wheels";
  if (existsSync(wheels)) base.copy(wheels, wheels);
  base.write("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
  addPackages(base);
  await base.import(engine, [pythonBaseImage], ["ENV PATH=/usr/local/bin:/usr/bin:/bin"]);
}

/** Fetches the packages once, with what builds the one in `python/`. */
function addPackages(base: RootFolder): void {
  const folder = mkdtempSync(join(tmpdir(), "wheels-"));
  try {
    execFileSync(
      "python3",
      [
        ...["-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--wheel-dir", folder],
        ...["--requirement", join(root, "examples/flask/requirements.txt"), "setuptools>=77"],
      ],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    base.copy(folder, "/wheels");
    base.write("/etc/pip.conf", "[global]\nno-index = true\nfind-links = /wheels\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ask(program: string): string[] {
  return execFileSync("python3", ["-c", program], { encoding: "utf8" }).trim().split("\n");
}
