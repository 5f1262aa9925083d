import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ProgramSpec } from "../processes";
import type { Addresses } from "./addresses";
import { type Container, fillTemplate } from "./containers";
import { localizeAlertmanager, localizeCommand, localizePrometheus, type AbsentTarget } from "./localize";
import type { PlannedExecutable } from "./plan";

/** What is needed to write a container's files for here. */
export interface RenderOptions {
  readonly addresses: Addresses;
  /** Gives the value of a variable of Terraform. */
  readonly variable: (name: string) => string;
  /** Folder in which each container gets one of its own. */
  readonly folder: string;
  /** Flags to replace or add, by their name without dashes. */
  readonly flags: Readonly<Record<string, string>>;
}

/** A program that is ready to start. */
export interface RenderedProgram {
  readonly spec: ProgramSpec;
  /** Its address, without a slash at its end. */
  readonly url: string;
  /** Targets of its configuration that are not here. */
  readonly absent: readonly AbsentTarget[];
}

/** Writes the files of a container below a folder, and says how its program is run with them. */
export function renderExecutable(
  { container, kind, path, ports }: PlannedExecutable,
  { addresses, variable, folder, flags }: RenderOptions,
): RenderedProgram {
  const root = join(folder, container.name);
  const absent: AbsentTarget[] = [];
  makeFolders(container, root);
  for (const [file, template] of Object.entries(container.files)) {
    let text = fillTemplate(template, variable);
    if (file.endsWith("/prometheus.yml")) {
      const localized = localizePrometheus(text, addresses, container, root);
      text = localized.text;
      absent.push(...localized.absent);
    } else if (file.endsWith("/alertmanager.yml")) {
      text = localizeAlertmanager(text, addresses, container, root);
    }
    writeFileSync(join(root, file), text, { mode: 0o600 });
  }
  const address = `127.0.0.1:${String(ports.get(kind.port) ?? kind.port)}`;
  const args = localizeCommand(container, addresses, root, { "web.listen-address": address, ...flags });
  return { spec: { name: container.name, command: path, args }, url: `http://${address}`, absent };
}

function makeFolders({ files, folders }: Container, root: string): void {
  const own = Object.entries(folders).filter(([, host]) => host === undefined);
  for (const path of [...own.map(([folder]) => folder), ...Object.keys(files).map(dirname)]) {
    mkdirSync(join(root, path), { recursive: true, mode: 0o700 });
  }
}
