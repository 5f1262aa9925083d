import { createHash } from "node:crypto";
import { Transform, type TransformCallback } from "node:stream";
import { EngineError } from "../doctor/engine";
import { sizeText } from "./sizes";

/** How often a long transfer says how far it is. */
const sayEveryMs = 5_000;
/** A transfer of which nothing has come for this long is given up. */
const idleMs = 60_000;

/** Passes bytes on, counts and hashes them, and says now and then how far it is. */
export class Meter extends Transform {
  /** How many bytes have passed. */
  bytes = 0;
  private readonly hash = createHash("sha256");
  private readonly idle: NodeJS.Timeout;
  private said = Date.now();

  /**
   * @param what of which the lines are
   * @param expected size in bytes, about
   */
  constructor(
    private readonly what: string,
    private readonly expected: number,
    private readonly say: (line: string) => void,
  ) {
    super();
    this.idle = setTimeout(() => {
      this.destroy(new EngineError("ETIMEDOUT", `${what}: nothing has come for ${String(idleMs / 1000)} s`));
    }, idleMs);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.idle.refresh();
    this.bytes += chunk.length;
    this.hash.update(chunk);
    if (Date.now() - this.said >= sayEveryMs) {
      this.said = Date.now();
      this.say(`${this.what}: ${sizeText(this.bytes)} of about ${sizeText(this.expected)}`);
    }
    done(null, chunk);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.idle);
    done(error);
  }

  /** SHA-256 of all that has passed, once it has. */
  sha256(): string {
    return this.hash.digest("hex");
  }
}
