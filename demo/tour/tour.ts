import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "../demo";
import { hasLabels, type Course, type TourFault } from "../faults/fault";
import type { InboxMessage } from "../../operations/clients/inbox-client";
import { forecast, type Forecast } from "../timing/best";
import { timingOf, type Intervals } from "../timing/intervals";
import { messageRoute, type MessageRoute } from "../timing/message-route";
import { FaultRun } from "./fault-run";

/** How often it is looked what has come of the faults. */
const lookMs = 250;

/** How many of the newest messages are looked at: what has come since the last look, many times over. */
const lookedAt = 200;

/** A fault that can be let happen, and what came of it the last time. */
export interface Offer {
  readonly fault: TourFault;
  /** When its alert will be where; undefined where it cannot happen. */
  readonly forecast: Forecast | undefined;
  /** Who will be told. */
  readonly receivers: readonly string[];
  /** The last time that it happened; undefined before the first. */
  readonly run: FaultRun | undefined;
}

/** What was asked for that cannot be done now, as a sentence. */
export class NotNow extends Error {
  override readonly name = "NotNow";
}

/** Lets faults happen on a demo, mends them, and follows what comes of them. */
export class Tour {
  private readonly runs = new Map<string, FaultRun>();
  private readonly busy = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private readonly intervals = new Map<string, Intervals>();
  private readonly over = new AbortController();
  private readonly watching: Promise<void>;
  private readonly startedAt = Date.now();

  /** @param faults what can be broken */
  constructor(
    private readonly demo: Demo,
    private readonly faults: readonly TourFault[],
  ) {
    this.watching = this.follow();
  }

  /** Tells whenever something has changed. @returns what ends that */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** What can be broken, and what came of it. */
  async offers(): Promise<readonly Offer[]> {
    return Promise.all(
      this.faults.map(async (fault) => {
        const route = this.routeOf(fault);
        return {
          fault,
          forecast: await this.forecastOf(fault),
          receivers: route?.receivers ?? [],
          run: this.runs.get(fault.name),
        };
      }),
    );
  }

  /**
   * Lets a fault happen.
   * @throws NotNow where it cannot, with the reason
   */
  async begin(name: string): Promise<void> {
    await this.alone(name, async (fault) => {
      const { prometheus } = this.demo;
      if (fault.hindrance !== undefined || !prometheus) throw new NotNow(fault.hindrance ?? "");
      if (this.runs.get(name)?.isOpen === true) throw new NotNow(`${fault.title}: it is not over yet.`);
      if ((await prometheus.alerts()).some(({ labels }) => hasLabels(fault, labels))) {
        throw new NotNow(`${fault.alert} of ${fault.service} is there already: it must be over first.`);
      }
      const timing = await timingOf(prometheus, fault);
      const course = this.courseOf(fault, timing.intervals);
      const since = await fault.begin();
      this.runs.set(name, new FaultRun(fault, since, timing, course, this.routeOf(fault)));
    });
  }

  /**
   * Mends a fault.
   * @throws NotNow where it does not last
   */
  async mend(name: string): Promise<void> {
    await this.alone(name, async (fault) => {
      const run = this.runs.get(name);
      if (run?.phase !== "broken") throw new NotNow(`${fault.title}: there is nothing to mend.`);
      const mending = run.mend();
      this.changed();
      await mending;
    });
  }

  /** Follows no more. What is broken ends with the demo. */
  async close(): Promise<void> {
    this.over.abort();
    await this.watching;
  }

  /** One thing at a time is done with a fault. */
  private async alone(name: string, work: (fault: TourFault) => Promise<void>): Promise<void> {
    const fault = this.faults.find((each) => each.name === name);
    if (!fault) {
      const allowed = this.faults.map((each) => each.name).join(", ");
      throw new NotNow(`found the fault "${name}", allowed: ${allowed}`);
    }
    if (this.busy.has(name)) throw new NotNow(`${fault.title}: this is being done.`);
    this.busy.add(name);
    try {
      await work(fault);
    } finally {
      this.busy.delete(name);
      this.changed();
    }
  }

  private async forecastOf(fault: TourFault): Promise<Forecast | undefined> {
    const { prometheus } = this.demo;
    if (!prometheus || fault.hindrance !== undefined) return undefined;
    const intervals = this.intervals.get(fault.name) ?? (await intervalsOf(prometheus, fault));
    if (!intervals) return undefined;
    this.intervals.set(fault.name, intervals);
    const { groupWait = 0, groupInterval = 0 } = this.routeOf(fault) ?? {};
    return forecast(intervals, groupWait, groupInterval, this.courseOf(fault, intervals));
  }

  private courseOf(fault: TourFault, { range, scrape }: Intervals): Course | undefined {
    const history = (Date.now() - this.startedAt) / 1_000;
    return fault.course?.({ seconds: range / 1_000, scrape: scrape / 1_000, history });
  }

  private routeOf(fault: TourFault): MessageRoute | undefined {
    const { alertmanagers, environment, speed } = this.demo;
    return alertmanagers.length === 0 ? undefined : messageRoute(environment, fault, speed);
  }

  private async follow(): Promise<void> {
    const { signal } = this.over;
    while (!signal.aborted) {
      const open = [...this.runs.values()].filter(({ isOpen }) => isOpen);
      if (open.length > 0) await this.look(open).catch(() => undefined);
      await sleep(lookMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private async look(open: readonly FaultRun[]): Promise<void> {
    const { prometheus, inbox } = this.demo;
    if (!prometheus) return;
    const known = () => JSON.stringify(open.map(({ steps, phase }) => [steps, phase]));
    const before = known();
    const [alerts, messages] = await Promise.all([
      prometheus.alerts(),
      inbox.messages({ limit: lookedAt }).catch((): readonly InboxMessage[] => []),
    ]);
    const seen = {
      time: Date.now(),
      alerts,
      messages,
      firedAt: async ({ alert, service, severity, labels = {} }: TourFault) => {
        const matchers = { ...labels, alertname: alert, service, severity, alertstate: "firing" };
        const selector = Object.entries(matchers).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
        const [series] = await prometheus.query(`timestamp(ALERTS{${selector.join(",")}})`);
        return series && series.value * 1_000;
      },
    };
    for (const run of open) await run.see(seen);
    if (known() !== before) this.changed();
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

/** Undefined while Prometheus does not know its targets or rules yet. */
async function intervalsOf(...asked: Parameters<typeof timingOf>): Promise<Intervals | undefined> {
  try {
    return (await timingOf(...asked)).intervals;
  } catch {
    return undefined;
  }
}
