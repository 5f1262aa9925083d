import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { FaultRun } from "./fault-run";
import { NotNow, type Offer, type Tour } from "./tour";
import { forecastInWords, stepInWords, stepTimes } from "./words";

/** How long to wait before it is tried again to break what cannot be broken now. */
const retryMs = 250;
/** How long to wait for what is forecast. */
const forecastWaitMs = 20_000;

/** Where the tour is told, and where whoever takes it says when to go on. */
export interface TourTerminal {
  print(text: string): void;
  /** The next line that is typed, without its end; undefined when there will be none. */
  line(): Promise<string | undefined>;
}

/**
 * Leads through the faults one after the other: says what will happen, breaks it, tells what comes of it, mends it. Each
 * goes on when a line is typed.
 * @param over ends it early
 */
export async function guidedTour(tour: Tour, terminal: TourTerminal, over: AbortSignal): Promise<void> {
  const ended = once(over, "abort");
  const typed = () => Promise.race([terminal.line(), ended.then(() => undefined)]);
  const offers = await tour.offers();
  for (const [index, { fault }] of offers.entries()) {
    const offer = await offerOf(tour, index, over);
    if (!offer || over.aborted) return;
    terminal.print(`\n${String(index + 1)} of ${String(offers.length)}: ${fault.title}`);
    terminal.print(fault.what);
    if (fault.hindrance !== undefined) {
      terminal.print(`Not here: ${fault.hindrance}`);
      continue;
    }
    terminal.print(forecastInWords(offer));
    terminal.print("Enter breaks it; s and Enter skips it; q and Enter ends the demo.");
    const answer = await typed();
    if (answer === undefined || /^\s*q/i.test(answer)) return;
    if (/^\s*s/i.test(answer)) continue;
    await beginWhenPossible(tour, offer, terminal, over);
    if (!(await followed(tour, offer, terminal, typed))) return;
  }
  terminal.print("\nThat was the tour. Enter ends the demo.");
  await typed();
}

/** What is forecast is known when Prometheus has found its targets, some seconds after its start. */
async function offerOf(tour: Tour, index: number, over: AbortSignal): Promise<Offer | undefined> {
  for (const end = Date.now() + forecastWaitMs; ;) {
    const offer = (await tour.offers())[index];
    const isKnown = !offer || offer.forecast !== undefined || offer.fault.hindrance !== undefined;
    if (isKnown || over.aborted || Date.now() > end) return offer;
    await sleep(retryMs);
  }
}

/** A system that has just started, or been mended, may still have the alert. */
async function beginWhenPossible(
  tour: Tour,
  { fault }: Offer,
  terminal: TourTerminal,
  over: AbortSignal,
): Promise<void> {
  for (let isSaid = false; !over.aborted; isSaid = true) {
    try {
      await tour.begin(fault.name);
      return;
    } catch (error) {
      if (!(error instanceof NotNow)) throw error;
      if (!isSaid) terminal.print(`${error.message} It is broken as soon as that is so.`);
      await sleep(retryMs);
    }
  }
}

/**
 * Tells what comes of a fault that has begun, and mends it.
 * @returns whether the tour goes on
 */
async function followed(
  tour: Tour,
  { fault, receivers }: Offer,
  terminal: TourTerminal,
  typed: TourTerminal["line"],
): Promise<boolean> {
  const current = async () => (await tour.offers()).find((offer) => offer.fault === fault)?.run;
  const told = new Set<string>();
  const tellNews = (run: FaultRun) => {
    for (const step of run.happened) {
      const what = stepInWords(step, fault);
      if (told.has(what)) continue;
      told.add(what);
      const { after, best } = stepTimes(step, run.since);
      terminal.print(`  ${after.padStart(10)}  ${what}${best === "" ? "" : `, at best ${best}`}`);
    }
  };
  /** Tells what happens until there is no more to wait for, or a line is typed. */
  const follow = async (isDone: (run: FaultRun) => boolean, line: Promise<string | undefined>) => {
    const changes = new Changes(tour);
    try {
      for (;;) {
        const run = await current();
        if (run) tellNews(run);
        if (run && isDone(run)) return "done";
        const way = await Promise.race([changes.next().then(() => "changed"), line.then(() => "typed")]);
        if (way === "typed") return "typed";
      }
    } finally {
      changes.stop();
    }
  };

  terminal.print("Times since the fault. Enter mends it, at any time.");
  const line = typed();
  const wanted = receivers.length > 0 ? "message" : "firing";
  const isTold = (run: FaultRun) =>
    run.steps.filter(({ kind }) => kind === wanted).every(({ at }) => at !== undefined);
  if ((await follow(isTold, line)) === "done") {
    terminal.print(receivers.length > 0 ? "All are told. Enter mends it." : "It fires. Enter mends it.");
  }
  const answer = await line;
  if (answer === undefined || /^\s*q/i.test(answer)) return false;
  await tour.mend(fault.name);
  terminal.print("It is mended; now the end is told. Enter goes on without it.");
  const next = typed();
  if ((await follow(({ isOpen }) => !isOpen, next)) === "typed") return (await next) !== undefined;
  terminal.print("It is over. Enter goes on.");
  return (await next) !== undefined;
}

/** What changes on a tour, to be waited for; what changed meanwhile is not lost. */
class Changes {
  private hasChanged = false;
  private wake = (): void => undefined;
  readonly stop: () => void;

  constructor(tour: Tour) {
    this.stop = tour.onChange(() => {
      this.hasChanged = true;
      this.wake();
    });
  }

  async next(): Promise<void> {
    if (!this.hasChanged) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    this.hasChanged = false;
  }
}
