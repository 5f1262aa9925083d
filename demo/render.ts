import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ProgramSpec } from "./processes";
import type { Addresses } from "./addresses";
import { type Container, fillTemplate } from "./containers";
import { localizeAlertmanager, localizeCommand, localizePrometheus, type AbsentTarget } from "./localize";
import { localizeJaeger } from "./localize-jaeger";
import type { PlannedExecutable } from "./plan";

/** What is needed to write a container's files for here. */
export interface RenderOptions {
  readonly addresses: Addresses;
  /** Gives the value of a Terraform variable. */
  readonly variable: (name: string) => string;
  /** What is in a file in place of what its container has, by the path there. */
  readonly contents: Readonly<Record<string, string>>;
  /** Folder in which each container gets one of its own. */
  readonly folder: string;
  /** Changes a configuration file, given the path that it has in the container. */
  readonly edit: (path: string, text: string) => string;
  /** Flags to replace or add, by their name without dashes. */
  readonly flags: Readonly<Record<string, string>>;
}

/** A program that is ready to start. */
export interface RenderedProgram {
  readonly spec: ProgramSpec;
  /** How many targets its configuration has here. */
  readonly targets: number;
  /** Targets of its configuration that are not here. */
  readonly absent: readonly AbsentTarget[];
}

/** Writes the files of a container below a folder, and says how its program is run with them. */
export function renderExecutable(executable: PlannedExecutable, options: RenderOptions): RenderedProgram {
  const { container, kind, path, url } = executable;
  const { addresses, folder, flags } = options;
  const root = join(folder, container.name);
  const { files, targets, absent } = renderFiles(container, root, options);
  const own = Object.entries(container.folders).filter(([, host]) => host === undefined);
  for (const each of [...own.map(([name]) => name), ...Object.keys(files).map(dirname)]) {
    mkdirSync(join(root, each), { recursive: true, mode: 0o700 });
  }
  for (const [file, text] of Object.entries(files)) {
    writeFileSync(join(root, file), options.edit(file, text), { mode: 0o600 });
  }
  const listen = kind.listensBesides ? undefined : { "web.listen-address": new URL(url).host };
  const args = localizeCommand(container, addresses, root, { ...listen, ...flags });
  const env = { ...process.env, ...container.environment };
  return { spec: { name: container.name, command: path, args, env }, targets, absent };
}

function renderFiles(container: Container, root: string, options: RenderOptions) {
  const { addresses, contents } = options;
  const files: Record<string, string> = {};
  const absent: AbsentTarget[] = [];
  let targets = 0;
  for (const [path, template] of Object.entries(container.files)) {
    const text = fillTemplate(template, options.variable);
    if (path.endsWith("/prometheus.yml")) {
      const localized = localizePrometheus(text, addresses, container, root);
      files[path] = localized.text;
      targets += localized.targets;
      absent.push(...localized.absent);
    } else if (path.endsWith("/alertmanager.yml")) {
      files[path] = localizeAlertmanager(text, addresses, container, root);
    } else if (path.endsWith("/jaeger/config.yaml")) {
      files[path] = localizeJaeger(text, addresses, container, root);
    } else {
      // A file that holds nothing but a URL, or one whose texts have links.
      files[path] = contents[path] ?? addresses.localizeLinks(addresses.localize(text));
    }
  }
  return { files, targets, absent };
}
