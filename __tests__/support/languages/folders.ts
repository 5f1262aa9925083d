import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { generateModule, type Framework, type Target } from "../../../metrics/generate";
import { catalogue } from "../system";
import { goModule } from "./programs";

/** Writes the module of a service into a folder, in a language or in TypeScript for a framework, and gives its text. */
export function writeModule(folder: string, service: string, kind: "python" | "go" | Framework): string {
  mkdirSync(folder, { recursive: true });
  const { file, text } = generateModule(catalogue, service, targetOf(kind, folder));
  writeFileSync(join(folder, file), text);
  return text;
}

function targetOf(kind: "python" | "go" | Framework, folder: string): Target {
  if (kind === "python") return { language: "python" };
  if (kind === "go") return { language: "go", folder: basename(folder) };
  return { language: "typescript", framework: kind };
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
