import { setTimeout as sleep } from "node:timers/promises";
import { requestText } from "../../operations/clients/json-client";

/** What a program used of its machine. */
export interface Usage {
  /** Cores, on average. */
  readonly cores: number;
  /** Most bytes of memory that it had resident. */
  readonly bytes: number;
}

/** Programs in Go say of themselves what they use. */
interface Reading {
  readonly at: number;
  readonly cpuSeconds: number;
  readonly bytes: number;
}

/**
 * What programs use while time goes by.
 * @param metrics URLs of what they say of themselves, by name
 */
export async function usageOf<Name extends string>(
  metrics: Readonly<Record<Name, string>>,
  seconds: number,
): Promise<Record<Name, Usage>> {
  const names = Object.keys(metrics) as Name[];
  const readings = new Map<Name, Reading[]>(names.map((name) => [name, []]));
  for (const end = Date.now() + seconds * 1_000; ; await sleep(5_000)) {
    for (const name of names) readings.get(name)?.push(await read(metrics[name]));
    if (Date.now() >= end) break;
  }
  return Object.fromEntries(names.map((name) => [name, between(readings.get(name) ?? [])])) as Record<
    Name,
    Usage
  >;
}

/** Between the first and the last of at least two readings. */
export function between(readings: readonly Reading[]): Usage {
  const [first, last] = [readings[0], readings.at(-1)];
  if (!first || !last || first === last) throw new Error("There is no time between two readings.");
  return {
    cores: (last.cpuSeconds - first.cpuSeconds) / ((last.at - first.at) / 1_000),
    bytes: Math.max(...readings.map(({ bytes }) => bytes)),
  };
}

async function read(url: string): Promise<Reading> {
  const text = await textOf(url);
  return {
    at: Date.now(),
    cpuSeconds: valueIn(text, "process_cpu_seconds_total"),
    bytes: valueIn(text, "process_resident_memory_bytes"),
  };
}

/** What a busy program says of itself. */
export function textOf(url: string): Promise<string> {
  return requestText(url, { signal: AbortSignal.timeout(60_000) });
}

/** @throws Error where an exposition has no sample of this name without labels */
export function valueIn(exposition: string, name: string): number {
  const found = new RegExp(`^${name} (\\S+)$`, "m").exec(exposition)?.[1];
  if (found === undefined) throw new Error(`There is no ${name}: it is told on Linux, not on every system.`);
  return Number(found);
}
