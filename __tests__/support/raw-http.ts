import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { ownClock } from "./own-clock";

/** Ends the client's side, which goes on reading. */
export const end: unique symbol = Symbol("end");

/** What to send: bytes, a pause in milliseconds, or the end. */
export type Part = string | number | typeof end;

/** How long the client holds on to a connection that the server has ended. */
const letsGoAfterMs = 10_000;

/** What came back on a connection, until the other side closed it. */
export interface RawAnswer {
  readonly text: string;
  /** Status of each response. */
  readonly statuses: readonly number[];
  /** From the first byte that was sent to the end of the connection. */
  readonly milliseconds: number;
  /** The same without the time in which this process was not let run. */
  readonly ownMilliseconds: number;
}

/**
 * A client that sends bytes as they are, over a connection that it leaves half open: it ends when the server ends it.
 * @param parts what to send, one after the other
 */
export async function sendRaw(port: number, ...parts: readonly Part[]): Promise<RawAnswer> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  const answer = answerOf(socket);
  for (const part of parts) {
    if (typeof part === "number") await sleep(part);
    else if (part === end) socket.end();
    else if (socket.writable) socket.write(part);
  }
  return answer;
}

function answerOf(socket: Socket): Promise<RawAnswer> {
  const [start, ownClockEnds] = [performance.now(), ownClock()];
  let text = "";
  return new Promise((resolve) => {
    const ends = () => {
      const milliseconds = performance.now() - start;
      resolve({ text, statuses: statusesIn(text), milliseconds, ownMilliseconds: ownClockEnds() });
    };
    socket.on("data", (chunk) => (text += String(chunk)));
    // A reset after the answer takes nothing back.
    socket.on("error", () => undefined);
    // Half open: only the server's side has ended so far.
    socket.on("end", () => {
      ends();
      setTimeout(() => socket.destroy(), letsGoAfterMs).unref();
      socket.unref();
    });
    socket.on("close", ends);
  });
}

function statusesIn(text: string): number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
