/** What there is to watch. */
export interface Size {
  readonly services: number;
  /** Of each service, about: whole routes are made. */
  readonly seriesPerService: number;
}

/** A size as arguments have it: `100x1000`. */
export function nameOf({ services, seriesPerService }: Size): string {
  return `${String(services)}x${String(seriesPerService)}`;
}

/** How long, and how much, is measured. */
export interface Plan {
  readonly sizes: readonly Size[];
  /** Seconds after the first scrape of all before anything is measured. */
  readonly warmUpSeconds: number;
  /** Seconds over which CPU and memory are measured. */
  readonly measuredSeconds: number;
  /** How often each dashboard is asked for; the median counts. */
  readonly rounds: number;
}

const full: Plan = {
  sizes: [
    { services: 100, seriesPerService: 1_000 },
    { services: 100, seriesPerService: 3_000 },
    { services: 100, seriesPerService: 10_000 },
  ],
  warmUpSeconds: 30,
  measuredSeconds: 60,
  rounds: 3,
};

const short: Plan = {
  sizes: [
    { services: 20, seriesPerService: 500 },
    { services: 20, seriesPerService: 2_500 },
  ],
  warmUpSeconds: 5,
  measuredSeconds: 30,
  rounds: 1,
};

/**
 * The plan that the arguments ask for.
 * @param args `--short`, or sizes as `100x1000`: services by series of each; none for all sizes
 * @throws Error for anything else, with what may stand there
 */
export function planOf(args: readonly string[]): Plan {
  const isShort = args.includes("--short");
  const sizes = args.filter((arg) => arg !== "--short").map(sizeOf);
  const plan = isShort ? short : full;
  return sizes.length === 0 ? plan : { ...plan, sizes };
}

function sizeOf(text: string): Size {
  const [services, seriesPerService] = (/^(\d+)x(\d+)$/.exec(text) ?? []).slice(1).map(Number);
  if (!services || !seriesPerService || services > 1_000 || seriesPerService > 100_000) {
    throw new Error(
      `Expected --short or a size such as 100x1000 (services, at most 1000, by series of each, at most 100000), found "${text}".`,
    );
  }
  return { services, seriesPerService };
}
