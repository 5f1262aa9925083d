import { createServer, type Server } from "node:http";
import { join } from "node:path";

/** What a Docker engine of the tests answers, by the path of its API: JSON, or the status of a refusal. */
export type EngineAnswers = Readonly<Record<string, unknown>>;

/** A Docker engine that answers as the real one does, in versions and states that no engine of this machine is in. */
export class FakeEngine {
  private constructor(
    private readonly server: Server,
    /** Path of its socket. */
    readonly socket: string,
  ) {}

  /** Starts it on a socket in a folder. What `answers` has not is not found. */
  static async start(folder: string, answers: EngineAnswers = {}): Promise<FakeEngine> {
    const all: EngineAnswers = {
      "/_ping": "OK",
      "/version": { Version: "28.2.2" },
      "/info": { MemTotal: 64 * 1024 ** 3, DockerRootDir: folder },
      "/containers/json": [],
      ...answers,
    };
    const server = createServer(({ url = "" }, response) => {
      const answer = all[url] ?? Object.entries(all).find(([path]) => isPrefix(path, url))?.[1] ?? 404;
      response.statusCode = typeof answer === "number" ? answer : 200;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(typeof answer === "number" ? { message: `refused ${url}` } : answer));
    });
    const socket = join(folder, "docker.sock");
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    return new FakeEngine(server, socket);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** `/images/*` stands for all paths below. */
function isPrefix(path: string, url: string): boolean {
  return path.endsWith("*") && url.startsWith(path.slice(0, -1));
}
