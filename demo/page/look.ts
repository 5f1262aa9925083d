import type { Demo } from "../demo";
import type { PrometheusAlert, Target } from "../../operations/clients/prometheus-client";
import { answer, askStatus, type DemoStatus } from "../status";
import type { Offer, Tour } from "../tour/tour";

/** What the page shows of the demo at a moment. What cannot be asked is undefined. */
export interface Look {
  readonly time: number;
  readonly status: DemoStatus;
  readonly targets: readonly Target[] | undefined;
  readonly alerts: readonly PrometheusAlert[] | undefined;
  readonly offers: readonly Offer[];
}

/** Asks the programs of the demo for what the page shows. */
export async function look(demo: Demo, tour: Tour, sent: () => number | undefined): Promise<Look> {
  const [status, targets, alerts, offers] = await Promise.all([
    askStatus(demo, 0, sent()),
    answer(demo.prometheus?.targets()),
    answer(demo.prometheus?.alerts()),
    tour.offers(),
  ]);
  return { time: Date.now(), status, targets, alerts, offers };
}
