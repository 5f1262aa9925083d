/**
 * The known time: a night, a morning, and at noon an incident. Nothing here asks the clock or chance, so the same
 * traffic comes out each time. Times are seconds of Unix time.
 */
const minute = 60;
const hour = 60 * minute;
export const day = 24 * hour;

/** The end of what is shown: a Wednesday, 15:00 UTC. */
export const now = Date.UTC(2026, 2, 11, 15) / 1_000;

/** What the pictures show. */
export const shown = { from: now - 12 * hour, to: now } as const;

/** Time between two scrapes, and between two evaluations of the rules. */
export const scrapeSeconds = 60;

/** From a time to another one, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** With what rates and rules look back for before it. */
export const scraped: Span = { from: shown.from - 2 * hour, to: now };
/** What a week is compared with. */
export const weekBefore: Span = { from: scraped.from - 7 * day, to: scraped.to - 7 * day };
/** What the rules record of it: from when their first rates are whole. */
export const recorded: Span = { from: scraped.from + 10 * minute, to: now };
/** What objectives look back for. */
export const window: Span = { from: now - 8 * day, to: scraped.from };

/** What some services depend on answers late, or not at all. */
export const incident: Span = { from: now - 170 * minute, to: now - 142 * minute };

/** How much of the incident is felt at a time, from 0 to 1: it comes and goes within minutes. */
export function incidentShare(time: number): number {
  const ramp = 3 * minute;
  const [sinceStart, untilEnd] = [(time - incident.from) / ramp, (incident.to - time) / ramp];
  return Math.max(0, Math.min(1, sinceStart, untilEnd));
}

/** How busy a system is at a time of the day, from about 0.1 in the night to 1 at noon and in the evening. */
export function busy(time: number): number {
  const hours = (((time % day) + day) % day) / hour;
  const morning = 1 / (1 + Math.exp(-1.1 * (hours - 8)));
  const evening = 1 / (1 + Math.exp(1.2 * (hours - 21.5)));
  const lunch = 0.12 * Math.exp(-(((hours - 12.6) / 1.1) ** 2));
  return 0.1 + 0.78 * morning * evening + lunch;
}

/** What looks like chance and is none: from -1 to 1, by a series' number and the time. */
export function jitter(seed: number, time: number): number {
  let hash = Math.imul(Math.floor(time / scrapeSeconds) ^ Math.imul(seed + 1, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  const sharp = ((hash >>> 0) / 0xffffffff) * 2 - 1;
  const slow = Math.sin(time / 1_700 + seed * 2.4) * 0.6 + Math.sin(time / 430 + seed * 5.1) * 0.4;
  return 0.45 * sharp + 0.55 * slow;
}
