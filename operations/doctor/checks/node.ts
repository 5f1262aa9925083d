import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ok, problem } from "../../checks/check";
import { type DoctorCheck, isOlder } from "../check";

/** Whether Node is as new as package.json asks for. */
export const nodeCheck: DoctorCheck = {
  name: "Node",
  isCheap: true,
  timeLimitMs: 5_000,
  run: () => [nodeFinding(process.versions.node)],
};

/** @param version of Node, e.g. `20.9.0` */
export function nodeFinding(version: string) {
  const manifest = readFileSync(join(__dirname, "../../../package.json"), "utf8");
  const { engines } = JSON.parse(manifest) as { engines: { node: string } };
  const oldest = engines.node.replace(/^>=/, "");
  return isOlder(version, oldest)
    ? problem(`${version} is too old: ${oldest} or newer is needed`, "https://nodejs.org/en/download")
    : ok(version);
}
