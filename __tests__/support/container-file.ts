import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/** The file of a container as the engine writes it, in a folder such as the engine's own. */
export class ContainerFile {
  private readonly path: string;

  /** @param name of the container */
  constructor(
    readonly folder: string,
    private readonly name = "order-service",
  ) {
    const id = "0123456789ab".padEnd(64, "0");
    mkdirSync(join(folder, id), { recursive: true });
    this.path = join(folder, id, `${id}-json.log`);
  }

  /** Writes lines, each an object in JSON. */
  write(lines: readonly object[]): void {
    const time = new Date().toISOString();
    const written = lines.map((line) => {
      const log = `${JSON.stringify(line)}\n`;
      return `${JSON.stringify({ log, stream: "stdout", attrs: { tag: this.name }, time })}\n`;
    });
    appendFileSync(this.path, written.join(""));
  }
}
