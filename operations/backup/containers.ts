import { setTimeout as sleep } from "node:timers/promises";
import { type DockerEngine, EngineError } from "../doctor/engine";
import { CommandError } from "../terminal/command";

/** A container as the engine describes it, as far as a backup must know. */
export interface ContainerState {
  readonly Id: string;
  readonly Image: string;
  readonly RestartCount: number;
  readonly Config: { readonly Image: string; readonly User: string };
  readonly State: {
    readonly Running: boolean;
    readonly Paused: boolean;
    readonly Restarting: boolean;
    readonly ExitCode: number;
    readonly Health?: { readonly Status: string };
  };
}

/** How often a program may end before it is given up, while it should become healthy. */
const mostRestarts = 3;

/** How long an engine may take that is busy. */
const busyMs = 60_000;
/** How often it is asked to let a program go on. */
const mostAttempts = 5;

/** What is done with containers, on one engine. */
export class Containers {
  constructor(private readonly engine: DockerEngine) {}

  /** @returns undefined where there is none of that name */
  async find(name: string): Promise<ContainerState | undefined> {
    try {
      return await this.engine.get<ContainerState>(pathOf(name, "json"), busyMs);
    } catch (error) {
      if (error instanceof EngineError && error.code === "404") return undefined;
      throw error;
    }
  }

  async pause(name: string): Promise<void> {
    await this.engine.post(pathOf(name, "pause"), undefined, busyMs);
  }

  /**
   * Lets a paused container go on. A busy engine, or a connection that breaks, is asked again: a program that stays
   * paused is worse than a late answer.
   * @returns false for one that is not paused, or not there
   * @throws CommandError with what is to be done by hand where the engine does not answer for minutes
   */
  async unpause(name: string): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.engine.post(pathOf(name, "unpause"), undefined, busyMs);
        return true;
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        if (error.code === "404" || /not paused/.test(error.message)) return false;
        if (attempt === mostAttempts) {
          throw new CommandError(
            `${name} is paused still, as ${error.message}.\nLet it go on: docker unpause ${name}, or ` +
              "run this again, which does it where it can.",
          );
        }
        await sleep(1_000);
      }
    }
  }

  /** Ends a container in good order: a minute for it to write what it has in memory. */
  async stop(name: string): Promise<void> {
    await this.unpause(name);
    await this.engine.post(pathOf(name, "stop?t=60"), undefined, 90_000);
  }

  /** @returns false where it runs already */
  async start(name: string): Promise<boolean> {
    if ((await this.find(name))?.State.Running === true) return false;
    await this.engine.post(pathOf(name, "start"), undefined, 60_000);
    return true;
  }

  /**
   * Waits until a container that was started is healthy, or has run for a while where nothing asks for its health.
   * @throws CommandError when it ends again and again, or is not healthy in time
   */
  async healthy(name: string, timeoutMs = 600_000): Promise<void> {
    const begun = Date.now();
    while (Date.now() - begun < timeoutMs) {
      const found = await this.find(name);
      const { State, RestartCount = 0 } = found ?? {};
      if (State === undefined || RestartCount >= mostRestarts || (!State.Running && !State.Restarting)) {
        throw new CommandError(
          `${name} does not run: it ended with status ${String(State?.ExitCode)}. docker logs ${name} says why.`,
        );
      }
      const isUp =
        State.Health === undefined ? Date.now() - begun > 3_000 : State.Health.Status === "healthy";
      if (isUp && State.Running && !State.Restarting) return;
      await sleep(500);
    }
    throw new CommandError(
      `${name} did not become healthy within ${String(timeoutMs / 1000)} s. docker logs ${name} says why.`,
    );
  }
}

function pathOf(name: string, action: string): string {
  return `/containers/${encodeURIComponent(name)}/${action}`;
}
