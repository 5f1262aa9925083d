import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

/** Bodies beyond this size are not read to their end, compressed or not. */
export const mostBytes = 50 * 1024 * 1024;

/** Why a body is not taken, for people. */
export class BodyError extends Error {
  override readonly name = "BodyError";

  constructor(
    message: string,
    /** Of HTTP. */
    readonly status: 400 | 413 | 415,
  ) {
    super(message);
  }
}

/**
 * Reads a body to its end. What is too large is not read further, but can be answered.
 * @throws BodyError when it is too large, Error when its sender goes away
 */
export function bodyOf(stream: Readable): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    stream.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= mostBytes) chunks.push(chunk);
      else reject(new BodyError("is larger than 50 MB", 413));
    });
    stream.once("end", () => {
      resolve(Buffer.concat(chunks));
    });
    stream.once("error", reject);
    stream.once("close", () => {
      reject(new Error("The sender went away."));
    });
  });
}

const unzip = promisify(gunzip);

/**
 * What was compressed.
 * @param encoding as the sender calls it; empty for none
 * @throws BodyError when it is no such thing, or too large
 */
export async function decompressed(body: Buffer, encoding: string): Promise<Buffer> {
  if (/^(identity)?$/.test(encoding)) return body;
  if (encoding !== "gzip") {
    throw new BodyError(`is compressed by ${JSON.stringify(encoding)}; allowed are gzip and none`, 415);
  }
  try {
    return await unzip(body, { maxOutputLength: mostBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
      throw new BodyError("is larger than 50 MB, when it is decompressed", 413);
    }
    throw new BodyError("says that it is compressed by gzip, and is not", 400);
  }
}
