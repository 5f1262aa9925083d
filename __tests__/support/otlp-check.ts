import { resolve } from "node:path";
import { StartedProgram } from "./npm-command";

const root = resolve(__dirname, "../..");

/** How the check of metrics by OTLP ended, with all that it printed. */
export interface OtlpCheck<T> {
  readonly status: number | null;
  readonly output: string;
  /** What the sender gave. */
  readonly sent: T;
}

/**
 * Runs the check of metrics by OTLP as a program of its own while something is sent, and ends it by Ctrl-C.
 * @param send is told where to, by protocol; it may block this process
 */
export async function otlpCheckOf<T>(
  service: string,
  send: (endpoints: Readonly<Record<"http" | "grpc", string>>) => T | Promise<T>,
): Promise<OtlpCheck<T>> {
  const command = new StartedProgram(root, process.execPath, [
    ...["--require", "tsx/cjs", "commands/check-metrics.ts", "--otlp", "--port", "0", "--grpc-port", "0"],
    ...["--service", service, "--duration", "300"],
  ]);
  const [, http = "", grpc = ""] = await command.said(
    /=(http:\S+) .*=http\/protobuf\n.*=(http:\S+) .*=grpc\n/,
  );
  try {
    const sent = await send({ http, grpc });
    return { status: await command.interrupt(), output: command.output, sent };
  } finally {
    await command.interrupt();
  }
}
