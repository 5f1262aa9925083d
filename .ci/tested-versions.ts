import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ProgramVersion } from "../demo/program-versions";
import { imageVersion } from "../demo/versions";
import { defaultImages } from "../environments/images";

/** The image for which a program of `.ci/versions` stands. */
const images = {
  prometheus: "prometheus",
  alertmanager: "alertmanager",
  node_exporter: "nodeExporter",
  jaeger: "jaeger",
  oauth2_proxy: "oauth2Proxy",
  moto: "moto",
} as const satisfies Readonly<Record<string, keyof typeof defaultImages>>;

/** The versions of `.ci/versions`, by the program. */
export function testedVersions(): Readonly<Record<string, string>> {
  const text = readFileSync(join(__dirname, "versions"), "utf8");
  return Object.fromEntries(
    [...text.matchAll(/^(\w+)=(\S+)$/gm)].map(([, name = "", version = ""]) => [name, version]),
  );
}

/** What the tests run, each beside the version that is deployed. */
export function deployedVersions(): ProgramVersion[] {
  const tested = testedVersions();
  return Object.entries(images).map(([program, image]) => ({
    program,
    found: tested[program],
    deployed: imageVersion(defaultImages[image]),
    differences: [],
  }));
}
