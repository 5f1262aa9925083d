import type { Environment } from "../../environments";
import { managedEngineOf } from "../../environments/metrics-engine";
import { hoursOfMonth, type Prices, tiered } from "./prices";
import { diskOf, type Load } from "../../signals/volume/load";
import { exactly, mapRange, type Range, total } from "../../signals/volume/range";

/** One line of a bill. */
export interface Item {
  readonly what: string;
  /** How much of it, in words. */
  readonly amount: string;
  /** US dollars in a month. */
  readonly dollars: Range;
}

/** What an engine costs in a month. */
export interface Bill {
  readonly engine: string;
  readonly items: readonly Item[];
  readonly dollars: Range;
}

/** Seconds of a month. */
export const secondsOfMonth = hoursOfMonth * 3_600;

const bytesOfGb = 2 ** 30;
/** A sample takes 1 to 2 bytes, as Prometheus and Amazon say alike. */
const bytesPerSample: Range = { least: 1, most: 2 };
/** Days for which Amazon Managed Prometheus keeps samples unless it is told otherwise. */
const daysKept = 150;

/** What one Prometheus with its Alertmanagers costs, as a part of the machine that they run on. */
export function ownBill(environment: Environment, prices: Prices): Bill {
  const { alerting, prometheus } = environment;
  const alertmanagers = { ...alerting.limits, count: alerting.replicas };
  return bill("One Prometheus on a machine of one's own", [
    machineItem(prices, [{ ...prometheus.limits, count: 1 }, alertmanagers], "Prometheus, Alertmanager"),
    {
      what: "disk for samples",
      amount: `${prometheus.retentionSize} of ${prices.disk.volume}`,
      dollars: exactly((diskOf(environment) / bytesOfGb) * prices.disk.gb),
    },
  ]);
}

/**
 * What Amazon Managed Prometheus costs for the same, and the agents that write to it.
 * @param settings `hours` are those of a day in which a dashboard is open
 */
export function managedBill(
  environment: Environment,
  load: Load,
  { hours, prices }: { readonly hours: number; readonly prices: Prices },
): Bill {
  const { sample, queriedSample, storedGb } = prices.managedPrometheus;
  const inMonth = (rate: Range, share = 1) => mapRange(rate, (value) => value * secondsOfMonth * share);
  const samples = inMonth(load.taken);
  const months = daysKept / (hoursOfMonth / 24);
  const kept: Range = {
    least: (samples.least * months * bytesPerSample.least) / bytesOfGb,
    most: (samples.most * months * bytesPerSample.most) / bytesOfGb,
  };
  const read = (what: string, count: Range): Item => ({
    what,
    amount: `${rangeInWords(count)} samples`,
    dollars: mapRange(count, (value) => value * queriedSample),
  });
  return bill("Amazon Managed Prometheus", [
    {
      what: "samples taken",
      amount: `${rangeInWords(samples)} samples`,
      dollars: mapRange(samples, (value) => tiered(sample, value)),
    },
    read("samples read by rules", inMonth(load.readByRules)),
    read("samples read by dashboards", inMonth(load.readByDashboard, hours / 24)),
    {
      what: `samples kept ${String(daysKept)} days`,
      amount: `${rangeInWords(kept)} GB`,
      dollars: mapRange(kept, (value) => value * storedGb),
    },
    { what: "key", amount: "1", dollars: exactly(prices.key.month) },
    machineItem(prices, [{ ...environment.prometheus.limits, count: agentsOf(environment) }], "agents"),
  ]);
}

/** How many agents there are, or would be: one where the environment has another engine. */
function agentsOf(environment: Environment): number {
  const { shards, replicas } = managedEngineOf(environment)?.agents ?? { shards: 1, replicas: 1 };
  return shards * replicas;
}

/** The dearer of the shares of memory and of CPUs that containers have of a machine. */
function machineItem(
  { machine }: Prices,
  containers: readonly { readonly memoryMb: number; readonly cpus: number; readonly count: number }[],
  what: string,
): Item {
  const sum = (of: (each: (typeof containers)[number]) => number) =>
    containers.reduce((all, each) => all + of(each) * each.count, 0);
  const [memoryMb, cpus] = [sum((each) => each.memoryMb), sum((each) => each.cpus)];
  const share = Math.max(memoryMb / machine.memoryMb, cpus / machine.cpus);
  return {
    what,
    amount: `${share.toFixed(2)} of an ${machine.instance}`,
    dollars: exactly(share * machine.hour * hoursOfMonth),
  };
}

function bill(engine: string, items: readonly Item[]): Bill {
  return { engine, items, dollars: total(items.map(({ dollars }) => dollars)) };
}

/** A range in words: `1.2 to 3.4 million`, or one number where both are the same. */
export function rangeInWords(range: Range): string {
  const [unit, name] = units.find(([size]) => range.most >= size) ?? [1, ""];
  const [least, most] = [range.least / unit, range.most / unit].map(shortly);
  return `${least === most ? String(most) : `${String(least)} to ${String(most)}`}${name}`;
}

const units = [
  [1e12, " trillion"],
  [1e9, " billion"],
  [1e6, " million"],
  [1e3, " thousand"],
] as const;

/** Two digits that count, or all before the point. */
function shortly(value: number): string {
  return value >= 10 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
}
