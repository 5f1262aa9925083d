import { hostname } from "node:os";
import { withoutFrames } from "../up/logs";
import type { DockerEngine } from "../doctor/engine";
import { CommandError } from "../terminal/command";
import type { ContainerState } from "./containers";
import type { Part } from "./parts";

/** What a helper is there for; what it means for whoever finds one that is left. */
export type Work = "backup" | "restore";

/** Labels of a helper: whose it is, and what is to be done where it is left behind. */
export const helperLabels = {
  environment: "monitoring.backup",
  work: "monitoring.backup.work",
  container: "monitoring.backup.container",
  volume: "monitoring.backup.volume",
  path: "monitoring.backup.path",
  host: "monitoring.backup.host",
  pid: "monitoring.backup.pid",
} as const;

/** The place of a program's data, and what its helper is made of. */
export type Place = Pick<Part, "container" | "volume" | "path">;

/**
 * A container beside that of a program, on its volume: of the program's own image, so that nothing is pulled, as its
 * user, and without a network. It runs one script and stays until it is removed, so that a run that was killed leaves
 * a sign of what it was at.
 */
export class Helper {
  private constructor(
    private readonly engine: DockerEngine,
    private readonly id: string,
    private readonly of: Place,
  ) {}

  /** @param of the program's container, from which it takes the image and the user */
  static async create(
    engine: DockerEngine,
    of: ContainerState,
    place: Place,
    script: string,
    purpose: { readonly environment: string; readonly work: Work },
  ): Promise<Helper> {
    const labels = {
      [helperLabels.environment]: purpose.environment,
      [helperLabels.work]: purpose.work,
      [helperLabels.container]: place.container,
      [helperLabels.volume]: place.volume,
      [helperLabels.path]: place.path,
      [helperLabels.host]: hostname(),
      [helperLabels.pid]: String(process.pid),
    };
    const answer = await engine.post(
      "/containers/create",
      {
        Image: of.Image,
        User: of.Config.User,
        Entrypoint: ["sh", "-euc"],
        Cmd: [`umask 077\ncd "$0"\n${script}`, place.path],
        WorkingDir: "/",
        Labels: labels,
        Healthcheck: { Test: ["NONE"] },
        HostConfig: {
          Binds: [`${place.volume}:${place.path}:nocopy`],
          NetworkMode: "none",
          ReadonlyRootfs: true,
          CapDrop: ["ALL"],
          SecurityOpt: ["no-new-privileges:true"],
          LogConfig: { Type: "json-file", Config: {} },
        },
      },
      60_000,
    );
    return new Helper(engine, (JSON.parse(answer.toString()) as { Id: string }).Id, place);
  }

  /**
   * Runs the script.
   * @returns the lines that it printed
   * @throws CommandError with what it said where it failed
   */
  async run(): Promise<string[]> {
    const { engine, id, of } = this;
    try {
      await engine.post(`/containers/${id}/start`, undefined, 60_000);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const hint = /executable file not found|no such file/.test(message)
        ? `\nThe image of ${of.container} has no shell (sh): a backup needs one.`
        : "";
      throw new CommandError(`Beside ${of.container} nothing can be run: ${message}${hint}`);
    }
    const answer = await engine.post(`/containers/${id}/wait`, undefined, 3_600_000);
    const { StatusCode: status } = JSON.parse(answer.toString()) as { StatusCode: number };
    const said = withoutFrames(
      await engine.request("GET", `/containers/${id}/logs?stdout=1&stderr=1`, 60_000),
    );
    const lines = said
      .toString()
      .split("\n")
      .filter((line) => line.trim() !== "");
    if (status === 0) return lines;
    throw new CommandError(
      `The volume ${of.volume} of ${of.container} cannot be worked on: ${lines.join("; ") || `status ${String(status)}`}`,
    );
  }

  /** Path of the engine's API for a path in the container, as a tar. */
  archive(path: string): string {
    return `/containers/${this.id}/archive?path=${encodeURIComponent(path)}`;
  }

  /** Removes it, and not the volume that it worked on. */
  async remove(): Promise<void> {
    await this.engine.request("DELETE", `/containers/${this.id}?force=1&v=1`, 60_000);
  }
}

/** Runs one script beside a program, and leaves nothing. */
export async function runBeside(...args: Parameters<typeof Helper.create>): Promise<string[]> {
  const helper = await Helper.create(...args);
  try {
    return await helper.run();
  } finally {
    await helper.remove();
  }
}
