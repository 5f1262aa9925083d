import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Where documents let a health check ask. */
const told = "http://127.0.0.1:8000/health";

/**
 * How a health check of a document ends: its exit status.
 * @param command a program that is here, and its arguments
 * @param answer the status that it is answered with
 * @throws Error where it asks somewhere else than the document's service
 */
export async function exitOf([program = "", ...args]: readonly string[], answer: number): Promise<number> {
  if (!args.some((arg) => arg.includes(told))) throw new Error(`${program} does not ask ${told}.`);
  const server = createServer((_, response) => response.writeHead(answer).end());
  await once(server.listen(0, "127.0.0.1"), "listening");
  try {
    const { port } = server.address() as AddressInfo;
    const here = args.map((arg) => arg.replace(":8000", `:${String(port)}`));
    const [code] = (await once(spawn(program, here, { stdio: "ignore" }), "exit")) as [number];
    return code;
  } finally {
    server.close();
  }
}
