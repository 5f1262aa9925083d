import { hasLabels, isAbout, type Course, type TourFault } from "../faults/fault";
import type { InboxMessage } from "../../operations/clients/inbox-client";
import type { PrometheusAlert } from "../../operations/clients/prometheus-client";
import { bestEnd, bestResolved, bestTimes } from "../timing/best";
import type { Timing } from "../timing/intervals";
import type { MessageRoute } from "../timing/message-route";

/** One thing that happens on the way from a fault to its end. */
export interface Step {
  readonly kind: "fault" | "pending" | "firing" | "message" | "mended" | "resolved";
  /** Who is told, of a message. */
  readonly receiver?: string;
  /** When it happened, as Unix milliseconds; undefined while it has not. */
  readonly at?: number | undefined;
  /** When it could happen at the earliest, as far as that is known yet. */
  readonly best?: number | undefined;
}

/** A step that has happened. */
export type HappenedStep = Step & { readonly at: number };

/** Where a fault is on its way. */
export type Phase = "broken" | "mending" | "mended" | "over";

/** What is known of the running system at a moment. */
export interface Seen {
  /** Unix milliseconds. */
  readonly time: number;
  readonly alerts: readonly PrometheusAlert[];
  readonly messages: readonly InboxMessage[];
  /** When the rule fired, by the evaluation; undefined where that cannot be told. */
  readonly firedAt: (fault: TourFault) => Promise<number | undefined>;
}

/** A fault that was let happen, with what came of it so far. */
export class FaultRun {
  private current: Phase = "broken";
  private pendingAt: number | undefined;
  private firingAt: number | undefined;
  private mendingAt: number | undefined;
  private mendedAt: number | undefined;
  /** When the alert was seen to be no more, after the mending. */
  private goneAt: number | undefined;
  private readonly told = new Map<string, number>();
  private readonly toldOfEnd = new Map<string, number>();

  /**
   * @param since when it began, as Unix milliseconds
   * @param timing as it was when the fault began
   * @param route undefined where nothing sends messages
   */
  constructor(
    readonly fault: TourFault,
    readonly since: number,
    private readonly timing: Timing,
    private readonly course: Course | undefined,
    private readonly route: MessageRoute | undefined,
  ) {}

  get phase(): Phase {
    return this.current;
  }

  /**
   * Mends it.
   * @throws whatever the mending throws; it is still broken then
   */
  async mend(): Promise<void> {
    this.current = "mending";
    this.mendingAt = Date.now();
    try {
      await this.fault.mend();
    } catch (error) {
      this.current = "broken";
      this.mendingAt = undefined;
      throw error;
    }
    this.mendedAt = Date.now();
    this.current = "mended";
  }

  /** Whether it waits for something. */
  get isOpen(): boolean {
    return this.current !== "over";
  }

  /** Takes in what is seen now. */
  async see({ time, alerts, messages, firedAt }: Seen): Promise<void> {
    const alert = alerts.find(({ labels }) => hasLabels(this.fault, labels));
    if (alert) {
      this.goneAt = undefined;
      this.pendingAt ??= Date.parse(alert.activeAt);
      if (alert.state === "firing") this.firingAt ??= (await firedAt(this.fault)) ?? time;
    } else if (this.mendedAt !== undefined) {
      this.goneAt ??= time;
    }
    const about = messages.filter(
      (message) => isAbout(this.fault, message) && Date.parse(message.receivedAt) >= this.since,
    );
    // They come newest first.
    for (const { receiver, status, receivedAt } of about.reverse()) {
      const at = Date.parse(receivedAt);
      if (status === "firing") keepFirst(this.told, receiver, at);
      // The end of an alert before the fault may still have been on its way.
      if (status === "resolved" && at >= (this.told.get(receiver) ?? Infinity))
        keepFirst(this.toldOfEnd, receiver, at);
    }
    if (this.isDone(time)) this.current = "over";
  }

  /** What has happened and what is to come, in this order. */
  get steps(): readonly Step[] {
    const best = bestTimes(this.since, this.timing, this.course);
    const receivers = this.route?.receivers ?? [];
    const message = this.route && best.firing + this.route.groupWait;
    return [
      { kind: "fault", at: this.since },
      { kind: "pending", at: this.pendingAt, best: best.pending },
      { kind: "firing", at: this.firingAt, best: best.firing },
      ...receivers.map((receiver): Step => ({
        kind: "message",
        receiver,
        at: this.told.get(receiver),
        best: message,
      })),
      { kind: "mended", at: this.mendedAt },
      ...receivers.map((receiver): Step => ({
        kind: "resolved",
        receiver,
        at: this.toldOfEnd.get(receiver),
        best: this.bestEndFor(receiver),
      })),
    ];
  }

  /** The steps that have happened, in the order in which they did. */
  get happened(): readonly HappenedStep[] {
    return this.steps
      .flatMap((step) => (step.at === undefined ? [] : [{ ...step, at: step.at }]))
      .sort((a, b) => a.at - b.at);
  }

  private bestEndFor(receiver: string): number | undefined {
    const told = this.told.get(receiver);
    if (this.mendingAt === undefined || told === undefined || !this.route) return undefined;
    // What is being started again may answer before all of it is ready.
    const end = bestEnd(this.mendingAt, this.timing, this.course);
    return bestResolved(told, end, this.route.groupInterval);
  }

  /** It is mended, the alert is gone, and whoever was told of it was told of its end. */
  private isDone(time: number): boolean {
    if (this.mendedAt === undefined || this.goneAt === undefined) return false;
    // A message may be on its way when the alert has just gone.
    const waited = time - this.goneAt >= this.timing.intervals.evaluation + (this.route?.groupWait ?? 0);
    return waited && [...this.told.keys()].every((receiver) => this.toldOfEnd.has(receiver));
  }
}

function keepFirst(times: Map<string, number>, receiver: string, time: number): void {
  if (!times.has(receiver)) times.set(receiver, time);
}
