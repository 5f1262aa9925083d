import type { Alert } from "./alert";
import type { Configuration, Integration, Route } from "./configuration";
import { inhibitedBy, type PossibleSource } from "./inhibitor";
import type { NotificationLog } from "./notification-log";
import type { Notification, NotifiedAlert } from "./notification";
import { compareAlerts } from "./alert";
import { reasonToTell } from "./reason";
import { groupKeyOf, mutedBy } from "./route";
import { lastSendOf, type Send } from "./sends";
import type { Outcomes } from "./outcomes";
import type { Labels } from "../../metrics/promql-engine/series";

/** An alert that a group may have. */
export interface Member {
  readonly id: number;
  readonly alert: Alert;
  readonly possibleSources: readonly PossibleSource[];
}

/** What the groups of a replay share. */
export interface Pipeline {
  readonly configuration: Configuration;
  readonly log: NotificationLog;
  readonly outcomes: Outcomes;
  /** Prometheus's, in milliseconds. */
  readonly resendDelay: number;
  readonly tell: (notification: Notification) => void;
}

interface State {
  readonly member: Member;
  readonly send: Send;
}

/** The alerts of a route with the same values of the labels by which it groups. */
export class Group {
  private readonly members = new Map<number, State>();
  private readonly key: string;
  private readonly integrations: readonly { readonly integration: Integration; readonly logKey: string }[];
  /** Members that may be inhibited; they are asked at each flush. */
  private inhibitable = 0;
  private resolvedCount = 0;
  /** Undefined where it must be made anew. */
  private firingIds: ReadonlySet<number> | undefined;
  private mutedAsBefore: string | undefined;
  /** When it is flushed next; times before it have been. Infinity: when an alert changes. */
  nextFlush: number;
  /** One of its flushes, from which the others are whole numbers of group intervals away. */
  private phase: number;
  /** When it had no alert any more. */
  emptySince: number | undefined;

  constructor(
    readonly route: Route,
    private readonly labels: Labels,
    private readonly pipeline: Pipeline,
    first: Send,
  ) {
    this.key = groupKeyOf(route, labels);
    const receiver = pipeline.configuration.receivers.get(route.receiver);
    this.integrations = (receiver?.integrations ?? []).map((integration) => ({
      integration,
      logKey: [this.key, route.receiver, integration.kind, integration.index].join("\0"),
    }));
    const isOld = first.firing.firedAt + route.groupWait < first.time;
    this.nextFlush = this.phase = isOld ? first.time : first.time + route.groupWait;
  }

  get isEmpty(): boolean {
    return this.members.size === 0;
  }

  /** Puts in what Prometheus says of an alert; true where the next flush is another one now. */
  take(member: Member, send: Send): boolean {
    this.remove(member.id);
    this.members.set(member.id, { member, send });
    if (member.possibleSources.length > 0) this.inhibitable += 1;
    if (send.resolved) this.resolvedCount += 1;
    this.firingIds = undefined;
    this.mutedAsBefore = undefined;
    this.emptySince = undefined;
    const next = this.flushAtOrAfter(send.time);
    if (next >= this.nextFlush) return false;
    this.nextFlush = next;
    return true;
  }

  private remove(id: number): void {
    const known = this.members.get(id);
    if (known === undefined) return;
    this.members.delete(id);
    if (known.member.possibleSources.length > 0) this.inhibitable -= 1;
    if (known.send.resolved) this.resolvedCount -= 1;
    this.firingIds = undefined;
  }

  private flushAtOrAfter(time: number): number {
    const { groupInterval } = this.route;
    return this.phase + Math.max(0, Math.ceil((time - this.phase) / groupInterval)) * groupInterval;
  }

  /** Tells what is to be told, and forgets alerts that are over. */
  flush(time: number): void {
    if (!this.isEmpty) this.run(time);
    if (this.isEmpty) {
      this.emptySince ??= time;
      this.phase = time + this.route.groupInterval;
      this.nextFlush = Infinity;
      return;
    }
    this.phase = time + this.route.groupInterval;
    this.nextFlush = this.flushAtOrAfter(this.nothingBefore(time));
  }

  /** Until when flushes find what this one did, and tell nothing. */
  private nothingBefore(time: number): number {
    const { muteTimeIntervals, activeTimeIntervals, repeatInterval } = this.route;
    if (this.inhibitable > 0 || muteTimeIntervals.length > 0 || activeTimeIntervals.length > 0) return time;
    const due = this.integrations.map(({ logKey }) => {
      const told = this.pipeline.log.entry(logKey, time)?.time ?? time;
      return Math.min(told + repeatInterval, this.pipeline.log.goneAt(logKey));
    });
    return Math.min(...due);
  }

  private run(time: number): void {
    const { outcomes, configuration } = this.pipeline;
    const { states, firing } = this.notInhibited(time);
    if (states.length > 0) {
      const interval = mutedBy(this.route, configuration, time);
      if (interval !== undefined) {
        if (this.mutedAsBefore !== interval || this.inhibitable > 0) {
          for (const { send } of states) {
            if (!send.resolved) outcomes.muted(send.firing, this.route.receiver, interval);
          }
        }
        this.mutedAsBefore = interval;
      } else {
        this.mutedAsBefore = undefined;
        this.tell(time, states, firing);
      }
    }
    if (this.resolvedCount === 0) return;
    for (const [id, { send }] of [...this.members]) if (send.resolved) this.remove(id);
  }

  private notInhibited(time: number): { states: readonly State[]; firing: ReadonlySet<number> } {
    let states = [...this.members.values()];
    if (this.inhibitable > 0) {
      states = states.filter(({ member, send }) => {
        const by = inhibitedBy(member.possibleSources, time);
        if (by !== undefined && !send.resolved) this.pipeline.outcomes.inhibited(send.firing, by);
        return by === undefined;
      });
      return { states, firing: firingOf(states) };
    }
    this.firingIds ??= firingOf(states);
    return { states, firing: this.firingIds };
  }

  private tell(time: number, states: readonly State[], firing: ReadonlySet<number>): void {
    const { log, outcomes } = this.pipeline;
    const { receiver, repeatInterval } = this.route;
    const resolved = new Set(states.filter(({ send }) => send.resolved).map(({ member }) => member.id));
    for (const { integration, logKey } of this.integrations) {
      const { sendResolved } = integration;
      const entry = log.entry(logKey, time);
      const reason = reasonToTell(entry, firing, resolved, { sendResolved, repeatInterval, time });
      if (reason === undefined) continue;
      log.store(logKey, { time, firing, resolved }, repeatInterval);
      if (!sendResolved && firing.size === 0) continue;
      const told = sendResolved ? states : states.filter(({ send }) => !send.resolved);
      for (const { send } of told) outcomes.told(send.firing);
      this.pipeline.tell({
        time,
        receiver,
        integration: integration.kind,
        index: integration.index,
        groupKey: this.key,
        groupLabels: this.labels,
        status: firing.size > 0 ? "firing" : "resolved",
        reason,
        alerts: this.notified(told, time),
      });
    }
  }

  private notified(states: readonly State[], time: number): readonly NotifiedAlert[] {
    const { resendDelay } = this.pipeline;
    return [...states]
      .sort((one, other) => compareAlerts(one.member.alert.labels, other.member.alert.labels))
      .map(({ send: { firing, resolved } }) => {
        const endsAt = resolved ? firing.resolvedAt : undefined;
        return {
          status: resolved ? "resolved" : "firing",
          firing,
          evaluatedAt: endsAt ?? lastSendOf(firing, resendDelay, time),
          startsAt: firing.firedAt,
          endsAt,
        };
      });
  }
}

function firingOf(states: readonly State[]): ReadonlySet<number> {
  return new Set(states.filter(({ send }) => !send.resolved).map(({ member }) => member.id));
}
