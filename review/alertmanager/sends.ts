import type { Firing } from "../replay/firing";

/** What Prometheus tells Alertmanager of an alert, at an evaluation. */
export interface Send {
  readonly time: number;
  readonly firing: Firing;
  readonly resolved: boolean;
}

/** So long Prometheus goes on telling of an alert that is over (`resolvedRetention` in its `rules/alerting.go`). */
const resolvedRetention = 900_000;

/** Time between two sends of an alert: at the first evaluation after more than the resend delay. */
export function sendStep({ interval }: Firing, resendDelay: number): number {
  return interval * (Math.floor(resendDelay / interval) + 1);
}

/** When an alert that is sent at a time and fires would be taken for resolved, were it not sent again. */
export function endOfSend({ interval }: Firing, resendDelay: number, time: number): number {
  return time + 4 * Math.max(interval, resendDelay);
}

/** The last time at or before another one at which an alert that fires is sent. */
export function lastSendOf(firing: Firing, resendDelay: number, time: number): number {
  const step = sendStep(firing, resendDelay);
  return firing.firedAt + Math.floor((time - firing.firedAt) / step) * step;
}

/** The times at which an alert is sent while it fires, the first one included. */
export function* firingSends(firing: Firing, resendDelay: number, to: number): Generator<Send> {
  const step = sendStep(firing, resendDelay);
  const end = firing.resolvedAt ?? Infinity;
  for (let time = firing.firedAt; time < end && time <= to; time += step) {
    yield { time, firing, resolved: false };
  }
}

/**
 * The times at which it is said that an alert is over: at its end, and again for a quarter of an hour, until its
 * condition holds anew.
 * @param until when the condition of the next alert with these labels held first; Infinity where there is none
 */
export function* resolvedSends(
  firing: Firing,
  resendDelay: number,
  until: number,
  to: number,
): Generator<Send> {
  const { resolvedAt } = firing;
  if (resolvedAt === undefined) return;
  const step = sendStep(firing, resendDelay);
  for (let time = resolvedAt; time <= Math.min(resolvedAt + resolvedRetention, to); time += step) {
    if (time > resolvedAt && time >= until) return;
    yield { time, firing, resolved: true };
  }
}
