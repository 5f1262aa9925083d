import type { Catalogue } from "../catalogue";
import { goModule } from "./go";
import { pythonModule } from "./python";
import { type GeneratedModule, serviceModule } from "./service-module";
import { typescriptModule } from "./typescript";

export { ModuleError } from "./service-module";

/** Languages in which a module of a service's metrics can be had. */
export const languages = ["python", "go", "typescript"] as const;

/** One of these. */
export type Language = (typeof languages)[number];

/**
 * The module of a service's metrics: an instrument for each, typed by the catalogue.
 * @param folder name of the folder that it is for: Go calls the package so
 * @throws ModuleError that says which metric cannot be had, and why
 */
export function generateModule(
  catalogue: Catalogue,
  service: string,
  language: Language,
  folder: string,
): GeneratedModule {
  const module = serviceModule(catalogue, service);
  const command = `npm run generate -- --language ${language} --service ${service}`;
  switch (language) {
    case "python":
      return pythonModule(module, command);
    case "go":
      return goModule(module, command, goPackage(folder));
    case "typescript":
      return typescriptModule(
        module,
        catalogue.services[service] ?? { seriesBudget: 10_000, owner: service },
        command,
      );
  }
}

/** A name for a package of Go: what of the folder's name is letters and digits, `metrics` where nothing is. */
function goPackage(folder: string): string {
  const name = folder.toLowerCase().replace(/[^a-z0-9]/g, "");
  return /^[a-z]/.test(name) ? name : "metrics";
}
