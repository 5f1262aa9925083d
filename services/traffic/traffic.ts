import { setTimeout as sleep } from "node:timers/promises";
import { GatewayClient, type Sent } from "./client";
import { Disturbance } from "./disturbance";
import { Journeys, type JourneyName } from "./journeys";
import { Shop } from "./shop";
import { Tally, type ExpectedCount } from "./tally";

/** What traffic to send. */
export interface TrafficOptions {
  /** Address of the gateway. */
  readonly url: URL;
  /** Journeys that start each second. */
  readonly rate: number;
  /** For how many seconds journeys start. */
  readonly durationSeconds: number;
  /** Share of the requests that ask for a failure, 0 to 1. The services must run with `FAULT_INJECTION=on`. */
  readonly errors: number;
  /** Share of the requests that ask for a slow answer, 0 to 1. */
  readonly slow: number;
  /** What goes wrong besides, and may change. Default: nothing. */
  readonly disturbance?: Disturbance;
  /** Ends the traffic early. */
  readonly signal?: AbortSignal;
  /** Called about every second. */
  readonly onProgress?: (progress: Progress) => void;
}

/** How far the traffic is. */
export interface Progress {
  readonly seconds: number;
  readonly journeys: number;
  readonly requests: number;
}

/** What was sent, and what the services must have counted. */
export interface TrafficSummary extends Sent {
  readonly seconds: number;
  readonly journeys: Readonly<Record<JourneyName, number>>;
  /** Journeys that were due but not started, because too many others had not ended. */
  readonly journeysSkipped: number;
  /** By how much each counter must have grown, exact when `unanswered` is 0 and there was no 502 or 504. */
  readonly expected: readonly ExpectedCount[];
}

/** More journeys than these at a time are not started: the services are too slow for the rate. */
const mostAtATime = 500;

/** Sends journeys at a steady rate, whether earlier ones have ended or not, and waits for the last of them. */
export async function sendTraffic(options: TrafficOptions): Promise<TrafficSummary> {
  const { url, rate, durationSeconds, signal, onProgress, disturbance = new Disturbance() } = options;
  const tally = new Tally();
  const client = new GatewayClient(url, tally, options, disturbance);
  const journeys = new Journeys(new Shop(client, tally), disturbance);
  const total = Math.max(1, Math.round(rate * durationSeconds));
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  const underWay = new Set<Promise<void>>();
  let skipped = 0;
  let started = 0;
  const progress = setInterval(() => {
    onProgress?.({ seconds: elapsed(), journeys: started, requests: client.sent.requests });
  }, 1_000);
  try {
    for (let next = 0; next < total && !signal?.aborted; next++) {
      await wait(next / rate - elapsed(), signal);
      if (signal?.aborted) break;
      if (underWay.size >= mostAtATime) {
        skipped += 1;
        continue;
      }
      started += 1;
      const journey = journeys.go();
      underWay.add(journey);
      void journey.finally(() => underWay.delete(journey));
    }
    await Promise.all(underWay);
  } finally {
    clearInterval(progress);
  }
  return {
    ...client.sent,
    seconds: elapsed(),
    journeys: journeys.gone,
    journeysSkipped: skipped,
    expected: tally.expected(),
  };
}

async function wait(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  if (seconds <= 0) return;
  await sleep(seconds * 1000, undefined, { ...(signal && { signal }) }).catch(() => undefined);
}
