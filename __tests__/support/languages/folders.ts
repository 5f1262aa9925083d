import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { generateModule, type Language } from "../../../metrics/generate";
import { catalogue } from "../system";
import { goModule } from "./programs";

/** Writes the module of a service into a folder, and gives its text. */
export function writeModule(folder: string, service: string, language: Language): string {
  mkdirSync(folder, { recursive: true });
  const { file, text } = generateModule(catalogue, service, language, basename(folder));
  writeFileSync(join(folder, file), text);
  return text;
}

/** Makes a Go module in a folder that needs that of `go/`. */
export function makeGoModule(folder: string, name = "try"): void {
  const needed = "microservices-monitoring/go";
  writeFileSync(
    join(folder, "go.mod"),
    `module ${name}\n\ngo 1.26.0\n\nrequire ${needed} v0.0.0\n\nreplace ${needed} => ${goModule}\n`,
  );
  copyFileSync(join(goModule, "go.sum"), join(folder, "go.sum"));
}
