import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SynthesizedStack } from "../terraform/synth-output";
import { scripts } from "./scripts";

/** The programs whose data a backup has. */
export const programNames = ["grafana", "prometheus", "alertmanager"] as const;
export type ProgramName = (typeof programNames)[number];

/** The data of one container, as a stack describes it. */
export interface Part {
  /** Name in a backup: `grafana`, `alertmanager-2`. It is that of the program, so that a container may be renamed. */
  readonly name: string;
  readonly program: ProgramName;
  /** Name of the container. */
  readonly container: string;
  /** Name of the volume on the engine. */
  readonly volume: string;
  /** Path in the container at which the volume is mounted. */
  readonly path: string;
  /** The script that puts what belongs together into a folder beside the data, while the program is paused. */
  readonly snapshot: string;
}

interface StackJson {
  readonly resource?: {
    readonly docker_container?: Readonly<Record<string, ContainerJson>>;
    readonly docker_volume?: Readonly<Record<string, { readonly name: string }>>;
  };
}

interface ContainerJson {
  readonly name: string;
  readonly command?: readonly string[];
  readonly volumes?: readonly { readonly container_path?: string; readonly volume_name?: string }[];
}

interface Kept {
  readonly path: string;
  readonly snapshot: string;
  /** Whether a container with its data at the path is one of them. Default: it is. */
  readonly holds?: (container: ContainerJson) => boolean;
}

const kept: Readonly<Record<ProgramName, Kept>> = {
  grafana: { path: "/var/lib/grafana", snapshot: scripts.copy },
  // An agent keeps what it has not yet sent, and nothing that is worth a backup.
  prometheus: {
    path: "/prometheus",
    snapshot: scripts.copyBlocks,
    holds: ({ command = [] }) => command.some((option) => option.startsWith("--storage.tsdb.path=")),
  },
  alertmanager: { path: "/alertmanager", snapshot: scripts.copy },
};

/**
 * What of an environment a backup is made of: the containers of these programs that have a volume. With an engine that
 * others keep, Prometheus and Alertmanager are none of them.
 */
export function partsOf(stacks: readonly SynthesizedStack[]): Part[] {
  const resources = stacks.map(
    ({ folder }) =>
      (JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as StackJson).resource ?? {},
  );
  return programNames.flatMap((program) => {
    const { path, snapshot, holds = () => true } = kept[program];
    const found = resources.flatMap(({ docker_container: containers = {}, docker_volume: volumes = {} }) =>
      Object.values(containers).flatMap((container) => {
        const mount = container.volumes?.find((each) => each.container_path === path);
        if (mount?.volume_name === undefined || !holds(container)) return [];
        return [{ container: container.name, volume: volumeName(mount.volume_name, volumes) }];
      }),
    );
    return found
      .sort((a, b) => (a.container < b.container ? -1 : 1))
      .map((each, index) => ({
        ...each,
        name: index === 0 ? program : `${program}-${String(index + 1)}`,
        program,
        path,
        snapshot,
      }));
  });
}

/** A stack names a volume by its resource, `${docker_volume.grafana-data.name}`. */
function volumeName(text: string, volumes: Readonly<Record<string, { readonly name: string }>>): string {
  const id = /^\$\{docker_volume\.([^.]+)\.name\}$/.exec(text)?.[1];
  return (id === undefined ? undefined : volumes[id]?.name) ?? text;
}
