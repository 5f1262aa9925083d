import { readFileSync } from "node:fs";
import type { ImageContents } from "../../terraform/stack-contents";
import { type Finding, ok, problem } from "../../checks/check";
import type { DoctorCheck } from "../check";
import { type DockerEngine, EngineError } from "../engine";
import { baseImages } from "../dockerfile";

/** Whether the images are on the engine, or its registry has them. Of those that are built: what they are built from. */
export const imagesCheck: DoctorCheck = {
  name: "Images",
  isCheap: false,
  timeLimitMs: 60_000,
  async run({ engine, contents }): Promise<Finding[]> {
    if (!engine || !(await isReached(engine))) return [];
    const names = new Set(contents.flatMap(({ images }) => images).flatMap(pulledFor));
    const findings = await Promise.all([...names].map((name) => imageFinding(engine, name)));
    const problems = findings.flatMap(({ finding }) => finding ?? []);
    if (problems.length > 0) return problems;
    const there = findings.filter(({ isThere }) => isThere).length;
    const text = `${String(there)} of ${String(names.size)} are there`;
    return [
      ok(there === names.size ? `all ${String(there)} are there` : `${text}, the others can be pulled`),
    ];
  },
};

function pulledFor({ name, build }: ImageContents): string[] {
  return build ? baseImages(readFileSync(build.dockerfile, "utf8"), build.args) : [name];
}

async function isReached(engine: DockerEngine): Promise<boolean> {
  return engine.request("GET", "/_ping").then(
    () => true,
    () => false,
  );
}

async function imageFinding(
  engine: DockerEngine,
  name: string,
): Promise<{ readonly isThere: boolean; readonly finding?: Finding }> {
  try {
    await engine.get(`/images/${name}/json`);
    return { isThere: true };
  } catch {
    // Not there; the engine asks the registry.
  }
  try {
    await engine.get(`/distribution/${name}/json`, 40_000);
    return { isThere: false };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const text = `${name} is not there and cannot be pulled: ${error.message.trim()}`;
    return { isThere: false, finding: problem(text, `See what the engine says: docker pull ${name}`) };
  }
}
