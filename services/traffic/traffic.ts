import { setTimeout as sleep } from "node:timers/promises";
import type { TrafficOptions, TrafficSummary } from "../customers/customers";
import { Disturbance } from "../customers/disturbance";
import { GatewayClient } from "./client";
import { Journeys } from "./journeys";
import { Shop } from "./shop";
import { Tally } from "./tally";

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
