import type { DockerEngine } from "../doctor/engine";

/** The last lines that a container printed, as `docker logs --tail` shows them. Nothing where it cannot be asked. */
export async function lastLines(engine: DockerEngine, container: string, count: number): Promise<string[]> {
  try {
    const name = encodeURIComponent(container);
    const path = `/containers/${name}/logs?stdout=1&stderr=1&tail=${String(count)}`;
    const text = withoutFrames(await engine.request("GET", path)).toString();
    return text.split("\n").filter((line) => line.trim() !== "");
  } catch {
    return [];
  }
}

/** The engine sends each piece of output behind a header of 8 bytes: stream, 3 zeros, length. */
export function withoutFrames(body: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at + 8 <= body.length;) {
    const length = body.readUInt32BE(at + 4);
    pieces.push(body.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  return Buffer.concat(pieces);
}

/** Names of the containers, of those that are given, that are there and unhealthy or do not run. */
export async function failing(engine: DockerEngine, names: readonly string[]): Promise<string[]> {
  const states = await Promise.all(
    names.map(async (name) => {
      try {
        const path = `/containers/${encodeURIComponent(name)}/json`;
        const { State } = await engine.get<{
          State: { Running: boolean; Restarting: boolean; Health?: { Status: string } };
        }>(path);
        const isWell =
          State.Running && !State.Restarting && (State.Health?.Status ?? "healthy") === "healthy";
        return { name, isWell };
      } catch {
        return { name, isWell: true };
      }
    }),
  );
  return states.flatMap(({ name, isWell }) => (isWell ? [] : [name]));
}
