import type { Catalogue } from "../catalogue";
import { goModule } from "./go";
import { pythonModule } from "./python";
import { type GeneratedModule, serviceModule } from "./service-module";
import { type Framework, typescriptModule } from "./typescript";

export { ModuleError } from "./service-module";
export { type Framework, frameworks } from "./typescript";

/** Languages in which a module of a service's metrics can be had. */
export const languages = ["python", "go", "typescript"] as const;

/** What a module is for. */
export type Target =
  | { readonly language: "python" }
  /** `folder` is the name of the folder that the module is in: Go calls the package so. */
  | { readonly language: "go"; readonly folder: string }
  /** `framework` is what the service is on: its instrumentation is imported. */
  | { readonly language: "typescript"; readonly framework: Framework };

/**
 * The module of a service's metrics: an instrument for each, typed by the catalogue.
 * @throws ModuleError that says which metric cannot be had, and why
 */
export function generateModule(catalogue: Catalogue, service: string, target: Target): GeneratedModule {
  const module = serviceModule(catalogue, service);
  const command = commandOf(service, target);
  switch (target.language) {
    case "python":
      return pythonModule(module, command);
    case "go":
      return goModule(module, command, goPackage(target.folder));
    case "typescript":
      return typescriptModule(
        module,
        catalogue.services[service] ?? { seriesBudget: 10_000, owner: service },
        target.framework,
        command,
      );
  }
}

/** The command that makes a module, but for the folder. */
export function commandOf(service: string, target: Target): string {
  const framework = target.language === "typescript" ? ` --framework ${target.framework}` : "";
  return `npm run generate -- --language ${target.language}${framework} --service ${service}`;
}

/** A name for a package of Go: what of the folder's name is letters and digits, `metrics` where nothing is. */
function goPackage(folder: string): string {
  const name = folder.toLowerCase().replace(/[^a-z0-9]/g, "");
  return /^[a-z]/.test(name) ? name : "metrics";
}
