import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

const typeA = 1;
const headerLength = 12;
const lengthBytes = 2;

/**
 * A name server over TCP that answers every question for an address with 127.0.0.1, and every other one with nothing.
 */
export class LoopbackDns {
  private readonly connections = new Set<Socket>();
  private readonly server: Server = createServer((socket) => {
    this.connections.add(socket);
    let waiting = Buffer.alloc(0);
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      for (;;) {
        // Each message comes after its length (RFC 1035, 4.2.2).
        const end = waiting.length < lengthBytes ? Infinity : lengthBytes + waiting.readUInt16BE(0);
        if (waiting.length < end) return;
        const answer = answerTo(waiting.subarray(lengthBytes, end));
        const length = Buffer.alloc(lengthBytes);
        length.writeUInt16BE(answer.length);
        socket.write(Buffer.concat([length, answer]));
        waiting = waiting.subarray(end);
      }
    });
  });

  /** Starts it. Its `host:port`. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  stop(): void {
    for (const socket of this.connections) socket.destroy();
    this.server.close();
  }
}

/** A message of DNS with one question (RFC 1035, 4.1), answered. */
function answerTo(asked: Buffer): Buffer {
  // Of the question: its name ends with an empty label, then come its type and its class.
  const type = asked.indexOf(0, headerLength) + 1;
  const question = asked.subarray(headerLength, type + 4);
  const isOfAddress = asked.readUInt16BE(type) === typeA;
  const header = Buffer.alloc(headerLength);
  asked.copy(header, 0, 0, 2);
  // An answer, with recursion, without an error.
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(isOfAddress ? 1 : 0, 6);
  // The name stands in the header's end; IN; a minute; four bytes.
  const record = Buffer.from([0xc0, headerLength, 0, typeA, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]);
  return Buffer.concat([header, question, ...(isOfAddress ? [record] : [])]);
}
