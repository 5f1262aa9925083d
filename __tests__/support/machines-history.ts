import { closeSync, openSync, writeSync } from "node:fs";
import type { Span } from "./written";

/** A series of a machine as its node-exporter told it once. */
interface ToldSeries {
  readonly name: string;
  /** As they were written, without braces. */
  readonly labels: string;
  readonly value: number;
  readonly isCounter: boolean;
}

/** Those of a node-exporter's answer that are asked for by name. */
export function toldSeries(exposition: string, isAsked: (name: string) => boolean): readonly ToldSeries[] {
  const counters = new Set([...exposition.matchAll(/^# TYPE (\w+) counter$/gm)].map(([, name]) => name));
  return [...exposition.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].flatMap(
    ([, name = "", labels = "", value = ""]) =>
      isAsked(name) ? [{ name, labels, value: Number(value), isCounter: counters.has(name) }] : [],
  );
}

/** A machine of the written ones. */
export function machineName(index: number): string {
  return `web-${String(index + 1)}`;
}

/** Which of them has not answered for the last ten minutes: the last one, where there are several. */
export function isGone(index: number, machines: number, { to }: Span, time: number): boolean {
  return machines > 1 && index === machines - 1 && time > to - 600;
}

/** Gauges that differ between the machines: those that are less than something of a machine's size, and its load. */
const changing = /_load\d+$|Available|Free|avail_|_free$/;

/**
 * What so many machines told over a time, in the OpenMetrics format. Each is a bit different from the others.
 * Counters grow as they have since the first machine was started.
 * @param uptime of the machine that was asked, in seconds
 * @returns how many samples
 */
export function writeMachines(
  file: string,
  told: readonly ToldSeries[],
  { machines, uptime, span, step }: { machines: number; uptime: number; span: Span; step: number },
): number {
  const output = openSync(file, "w");
  let samples = 0;
  const write = (
    name: string,
    labels: string,
    index: number,
    at: (time: number) => number | undefined,
  ): void => {
    const own = `job="node-exporter",instance="${machineName(index)}"`;
    const head = `${name}{${own}${labels === "" ? "" : `,${labels}`}}`;
    const lines: string[] = [];
    for (let time = span.from; time <= span.to; time += step) {
      const value = at(time);
      if (value !== undefined) lines.push(`${head} ${String(value)} ${String(time)}\n`);
    }
    samples += lines.length;
    writeSync(output, lines.join(""));
  };
  try {
    const all = Array.from({ length: machines }, (_, index) => index);
    for (const index of all) {
      write("up", "", index, (time) => (isGone(index, machines, span, time) ? 0 : 1));
    }
    // A series of all machines, then the next one: samples of one metric stand together.
    for (const { name, labels, value, isCounter } of told) {
      for (const index of all) {
        write(name, labels, index, (time) => {
          if (isGone(index, machines, span, time)) return undefined;
          const seconds = time - span.from;
          if (isCounter) return value * (1 - index / (4 * machines)) * (1 + seconds / uptime);
          if (!changing.test(name)) return value;
          // Each hour other machines are the fullest.
          const place = (index + 37 * Math.floor(seconds / 3600)) % machines;
          return value * (1 - place / (4 * machines));
        });
      }
    }
    writeSync(output, "# EOF\n");
  } finally {
    closeSync(output);
  }
  return samples;
}
