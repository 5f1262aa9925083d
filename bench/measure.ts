import { spawnSync } from "node:child_process";

/** A program to time as a whole process. */
export interface Program {
  readonly label: string;
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * Wall-clock seconds of each program, whole processes from start to end, in turn (A, B, C, A, B, C, …) so that all see
 * the same machine. One round is run before and not counted.
 * @throws Error when a program ends with another status than 0
 */
export function timeInTurn(programs: readonly Program[], rounds: number): Map<string, number[]> {
  const seconds = new Map(programs.map(({ label }) => [label, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const program of programs) {
      const taken = timeOnce(program);
      if (round > 0) seconds.get(program.label)?.push(taken);
    }
    process.stderr.write(`\rround ${String(round)} of ${String(rounds)}`);
  }
  process.stderr.write("\n");
  return seconds;
}

function timeOnce({ label, command, args }: Program): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(command, args, {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${label} ended with status ${String(status)}:\n${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** The middle value, of an even count the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** A measured ratio beside the one that is wanted. */
export function verdict(what: string, ratio: number, atMost: number): string {
  return `${ratio <= atMost ? "ok  " : "MISS"}  ${what}: ${ratio.toFixed(2)} (wanted: at most ${String(atMost)})`;
}
