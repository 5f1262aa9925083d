import type { Span } from "../faults/fault";
import type { FaultRun, Step } from "./fault-run";
import type { Offer } from "./tour";

/** A length of time as people read it: tenths of a second below a minute, then minutes and seconds. */
export function timeInWords(milliseconds: number): string {
  const tenths = Math.round(milliseconds / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
}

/** A span in whole seconds: `12 to 14 s`. */
function spanInWords({ least, most }: Span): string {
  const [from, to] = [Math.floor(least / 1_000), Math.ceil(most / 1_000)];
  if (to < 120) return `${String(from)} to ${String(to)} s`;
  return `${(least / 60_000).toFixed(1)} to ${(most / 60_000).toFixed(1)} min`;
}

/** What will happen and when, in a sentence or two; reasons where it cannot be told. */
export function forecastInWords({ fault, forecast, receivers }: Offer): string {
  if (!forecast) return fault.hindrance ?? "Prometheus does not know its rules and targets yet.";
  const { alert, service } = fault;
  const told =
    receivers.length === 0
      ? "Nobody is told, as Alertmanager is missing."
      : `After ${spanInWords(forecast.message)} ${listInWords(receivers)} are told; of its end, ` +
        `${spanInWords(forecast.resolved)} after the mending.`;
  return (
    `${alert} of ${service} is pending after ${spanInWords(forecast.pending)} and fires after ` +
    `${spanInWords(forecast.firing)}. ${told}`
  );
}

/** How the times of the demo are to those of what is deployed. */
export function speedInWords(speed: number): string {
  return speed === 1
    ? "All times of the rules, the scrapes and the routes are those that are deployed."
    : `All times of the rules, the scrapes and the routes are divided by ${String(speed)}: a minute of theirs takes ` +
        `${timeInWords(60_000 / speed)} here. npm run demo -- --speed 1 runs them as they are deployed.`;
}

/** What a step is called. */
export function stepInWords({ kind, receiver = "" }: Step, { alert, service }: FaultRun["fault"]): string {
  switch (kind) {
    case "fault":
      return "fault";
    case "pending":
      return `${alert} of ${service} is pending`;
    case "firing":
      return `${alert} of ${service} fires`;
    case "message":
      return `message at ${receiver}`;
    case "mended":
      return "mended";
    case "resolved":
      return `resolved at ${receiver}`;
  }
}

/** How long after the fault a step came, and how long it takes at best. */
export function stepTimes(
  { at, best }: Step,
  since: number,
): { readonly after: string; readonly best: string } {
  return {
    after: at === undefined ? "" : timeInWords(at - since),
    best: best === undefined ? "" : timeInWords(best - since),
  };
}

function listInWords(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}
