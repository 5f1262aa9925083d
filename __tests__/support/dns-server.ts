import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

/** A record of a name: an address, or a host with a port. */
export type DnsRecord =
  | { readonly type: "A"; readonly address: string }
  | { readonly type: "SRV"; readonly host: string; readonly port: number };

const typeNumbers = { A: 1, SRV: 33 } as const;
const headerLength = 12;
const nameError = 3;

/** A server of DNS that knows the names that it is given, each with records of one type or more. */
export class DnsServer {
  /** By name, without a dot at its end. They can be changed while it runs. */
  readonly records = new Map<string, readonly DnsRecord[]>();
  private readonly socket: Socket = createSocket("udp4");

  /** Starts it at port 53 of an address. */
  async start(address: string): Promise<void> {
    this.socket.on("message", (query, { port, address: asker }) => {
      this.socket.send(this.answer(query), port, asker);
    });
    this.socket.bind(53, address);
    await once(this.socket, "listening");
  }

  async stop(): Promise<void> {
    this.socket.close();
    await once(this.socket, "close");
  }

  /** RFC 1035, section 4: a header, the question as it came, and the records. */
  private answer(query: Buffer): Buffer {
    const { name, end } = nameIn(query);
    const type = query.readUInt16BE(end);
    const question = query.subarray(headerLength, end + 4);
    const known = this.records.get(name.toLowerCase());
    const found = (known ?? []).filter((record) => typeNumbers[record.type] === type);
    const header = Buffer.alloc(headerLength);
    query.copy(header, 0, 0, 2);
    // An answer, with recursion, without an error unless there is no such name.
    header.writeUInt16BE(0x8580 | (known === undefined ? nameError : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(found.length, 6);
    return Buffer.concat([header, question, ...found.map(written)]);
  }
}

function nameIn(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = headerLength;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join("."), end: at + 1 };
}

function written(record: DnsRecord): Buffer {
  const data = dataOf(record);
  const head = Buffer.alloc(headerLength);
  // The name is that of the question.
  head.writeUInt16BE(0xc000 | headerLength, 0);
  head.writeUInt16BE(typeNumbers[record.type], 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(1, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function dataOf(record: DnsRecord): Buffer {
  if (record.type === "A") return Buffer.from(record.address.split(".").map(Number));
  const fixed = Buffer.alloc(6);
  fixed.writeUInt16BE(record.port, 4);
  const labels = record.host
    .split(".")
    .map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)]));
  return Buffer.concat([fixed, ...labels, Buffer.of(0)]);
}
