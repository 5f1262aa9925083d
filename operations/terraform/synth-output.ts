import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type ProvidersJson, sharedPlacesOf } from "./shared-state";

/** The folder that `cdktf.json` names. */
export const outputFolder = "cdktf.out";

/** A stack as synth wrote it. */
export interface SynthesizedStack {
  readonly name: string;
  /** Names of the stacks that must be there before this one. */
  readonly dependencies: readonly string[];
  /** Folder in which Terraform runs for it. */
  readonly folder: string;
  /** How many resources it has. */
  readonly resources: number;
  /** Names of the Terraform variables that have no default, and so must be given. */
  readonly variables: readonly string[];
  /** File of its state, where that is on this machine. */
  readonly stateFile?: string;
  /** What it makes that others reach from their machines: an account of AWS, an engine elsewhere. Default: none. */
  readonly sharedPlaces?: readonly string[];
}

interface Manifest {
  readonly stacks: Readonly<
    Record<
      string,
      { name: string; workingDirectory: string; synthesizedStackPath: string; dependencies: string[] }
    >
  >;
}

interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly variable?: Readonly<Record<string, { readonly default?: unknown }>>;
  readonly provider?: ProvidersJson;
  readonly terraform?: { readonly backend?: { readonly local?: { readonly path: string } } };
}

/** The stacks that the manifest of a synthesized folder lists, by name. */
export function readSynthesizedStacks(outdir: string): SynthesizedStack[] {
  const manifest = readJson<Manifest>(join(outdir, "manifest.json"));
  return Object.values(manifest.stacks)
    .map(({ name, dependencies, workingDirectory, synthesizedStackPath }) => {
      const {
        resource = {},
        variable = {},
        provider = {},
        terraform,
      } = readJson<StackJson>(join(outdir, synthesizedStackPath));
      const folder = join(outdir, workingDirectory);
      const statePath = terraform?.backend?.local?.path;
      return {
        name,
        dependencies,
        folder,
        resources: Object.values(resource).reduce((sum, ofType) => sum + Object.keys(ofType).length, 0),
        variables: Object.keys(variable).filter((key) => variable[key]?.default === undefined),
        ...(statePath !== undefined && { stateFile: join(folder, statePath) }),
        sharedPlaces: sharedPlacesOf(provider),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Removes the folders of stacks that the manifest no longer lists, as `cdktf synth` does. */
export function removeOrphans(outdir: string): void {
  const stacks = join(outdir, "stacks");
  if (!existsSync(stacks)) return;
  const names = readSynthesizedStacks(outdir).map(({ name }) => name);
  for (const entry of readdirSync(stacks, { withFileTypes: true })) {
    if (entry.isDirectory() && !names.includes(entry.name)) {
      rmSync(join(stacks, entry.name), { recursive: true });
    }
  }
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T;
}
