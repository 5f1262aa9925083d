/** Where a price was read, and when. */
export interface Source {
  readonly url: string;
  /** Day as `2026-11-28`. */
  readonly read: string;
}

/** A price of so much up to a bound, and of what is beyond it at the next one. */
export interface Tier {
  /** Units in a month up to which it holds; `Infinity` for the last one. */
  readonly upTo: number;
  /** US dollars of one unit. */
  readonly dollars: number;
}

/** What `npm run cost` reckons with: list prices on demand, in US dollars, without tax and discounts. */
export interface Prices {
  /** Region of AWS in which they hold. */
  readonly region: string;
  readonly managedPrometheus: Source & {
    /** A sample that is taken. */
    readonly sample: readonly Tier[];
    /** A sample that a query or a rule reads. */
    readonly queriedSample: number;
    /** A GB (2^30 bytes) that is kept for a month. */
    readonly storedGb: number;
  };
  /** A customer-managed key for a month. */
  readonly key: Source & { readonly month: number };
  /** A machine that runs containers. */
  readonly machine: Source & {
    readonly instance: string;
    readonly hour: number;
    readonly cpus: number;
    readonly memoryMb: number;
  };
  /** A GB of a machine's disk for a month. */
  readonly disk: Source & { readonly volume: string; readonly gb: number };
}

/** Hours of a month, as AWS's calculator has them. */
export const hoursOfMonth = 730;

const read = "2026-11-28";

/** The prices of a region that has most of them lowest. Others are up to a quarter dearer. */
export const prices: Prices = {
  region: "us-east-1",
  managedPrometheus: {
    url: "https://aws.amazon.com/prometheus/pricing/",
    read,
    sample: [
      { upTo: 2e9, dollars: 0.9 / 10e6 },
      { upTo: 252e9, dollars: 0.35 / 10e6 },
      { upTo: Infinity, dollars: 0.16 / 10e6 },
    ],
    queriedSample: 0.1 / 1e9,
    storedGb: 0.03,
  },
  key: { url: "https://aws.amazon.com/kms/pricing/", read, month: 1 },
  machine: {
    url: "https://aws.amazon.com/ec2/pricing/on-demand/",
    read,
    instance: "m7g.large",
    hour: 0.0816,
    cpus: 2,
    memoryMb: 8192,
  },
  disk: { url: "https://aws.amazon.com/ebs/pricing/", read, volume: "gp3", gb: 0.08 },
};

/** What so many units cost by tiers, in US dollars. */
export function tiered(tiers: readonly Tier[], units: number): number {
  let [cost, below] = [0, 0];
  for (const { upTo, dollars } of tiers) {
    cost += Math.max(0, Math.min(units, upTo) - below) * dollars;
    below = upTo;
  }
  return cost;
}
