import type { Firing } from "../replay/firing";
import { type Alert, alertsOf, changingSends } from "./alert";
import type { Configuration, Route } from "./configuration";
import { Group, type Member, type Pipeline } from "./group";
import { Inhibitor } from "./inhibitor";
import { NotificationLog } from "./notification-log";
import type { Notification, Told } from "./notification";
import { Outcomes } from "./outcomes";
import { groupKeyOf, groupLabelsOf, routesOf } from "./route";
import type { Send } from "./sends";
import { TimeQueue } from "./time-queue";

/** How a replay of Alertmanager is made. All times are milliseconds. */
export interface ReplayOptions {
  /** Unix time of the first notification that counts. What fired before is replayed, too. */
  readonly from: number;
  /** Unix time of the last one. */
  readonly to: number;
  /** Prometheus's `--rules.alert.resend-delay`. Default: a minute. */
  readonly resendDelay?: number;
  /** How long what was told is remembered at most, `--data.retention`. Default: 120 hours. */
  readonly retention?: number;
  /** Time between two removals of what is remembered for too long, `--data.maintenance-interval`. Default: 15 minutes. */
  readonly maintenanceInterval?: number;
  /**
   * Time between two removals of groups without alerts, `--dispatch.maintenance-interval` of Alertmanager up to 0.31.
   * Default: none, as they go at once since 0.32.
   */
  readonly emptyGroupsInterval?: number;
  /** Told which share of the time is done, from 0 to 1, about a hundred times. */
  readonly progress?: (share: number) => void;
}

type Event =
  | { readonly routed: Routed; readonly send: Send; readonly sends: Generator<Send> }
  | { readonly group: Group };

interface Routed extends Member {
  readonly routes: readonly {
    readonly route: Route;
    readonly groupId: string;
    readonly groupLabels: Alert["labels"];
  }[];
}

/**
 * What Alertmanager would have told of alerts that fired, with Prometheus's sending before it: a model of the events of
 * both, of Alertmanager 0.31 to 0.35.
 *
 * What it takes for granted: each send arrives at once, and each delivery succeeds at once. What is sent at the time
 * of a flush arrives before it; with a `group_wait` of 0 all alerts of an evaluation come in one notification.
 * Alertmanagers of a cluster tell as one. Nothing is silenced, nobody restarts or reloads anything, and no limit of
 * alerts or groups is reached. Of a condition that held anew for less than `for` it knows nothing: Prometheus then says
 * no more that the alert is over.
 * @param firings of any rules, in any order
 */
export function replayAlertmanager(
  firings: readonly Firing[],
  configuration: Configuration,
  options: ReplayOptions,
): Told {
  return new Replay(firings, configuration, options).run();
}

class Replay {
  private readonly queue = new TimeQueue<Event>();
  private readonly groups = new Map<string, Group>();
  private readonly notifications: Notification[] = [];
  private readonly pipeline: Pipeline;
  private readonly alerts: readonly Routed[];

  constructor(
    firings: readonly Firing[],
    private readonly configuration: Configuration,
    private readonly options: ReplayOptions,
  ) {
    const {
      from,
      to,
      resendDelay = 60_000,
      retention = 432_000_000,
      maintenanceInterval = 900_000,
    } = options;
    const alerts = alertsOf(firings);
    const inhibitor = new Inhibitor(configuration.inhibitRules, alerts, resendDelay, to);
    this.pipeline = {
      configuration,
      log: new NotificationLog(retention, maintenanceInterval, from),
      outcomes: new Outcomes(),
      resendDelay,
      tell: (notification) => {
        if (notification.time >= from) this.notifications.push(notification);
      },
    };
    const routeIds = new Map<Route, number>();
    this.alerts = alerts.map((alert, id) => ({
      id,
      alert,
      possibleSources: inhibitor.possibleSources(alert.labels),
      routes: routesOf(configuration.route, alert.labels).map((route) => {
        const routeId = routeIds.get(route) ?? routeIds.size;
        routeIds.set(route, routeId);
        const groupLabels = groupLabelsOf(route, alert.labels);
        return { route, groupLabels, groupId: `${String(routeId)} ${groupKeyOf(route, groupLabels)}` };
      }),
    }));
    for (const routed of this.alerts) {
      for (const firing of routed.alert.firings) {
        this.enqueue(routed, changingSends(routed.alert, firing, resendDelay, to));
      }
    }
  }

  private enqueue(routed: Routed, sends: Generator<Send>): void {
    const next = sends.next();
    if (next.done !== true) this.queue.push(next.value.time, { routed, send: next.value, sends }, 0);
  }

  private schedule(group: Group): void {
    if (group.nextFlush <= this.options.to) this.queue.push(group.nextFlush, { group }, 1);
  }

  run(): Told {
    const { from, to, progress } = this.options;
    let told = 0;
    for (;;) {
      const next = this.queue.pop();
      if (next === undefined) break;
      const { time, item } = next;
      if ("group" in item) this.flush(item.group, time);
      else this.take(item.routed, item.send, item.sends);
      const share = Math.floor(((time - from) / Math.max(1, to - from)) * 100);
      if (share <= told) continue;
      told = share;
      progress?.(share / 100);
    }
    return { notifications: this.notifications, untold: this.untold() };
  }

  private flush(group: Group, time: number): void {
    // Another one was planned since.
    if (group.nextFlush !== time) return;
    group.flush(time);
    this.schedule(group);
  }

  private take(routed: Routed, send: Send, sends: Generator<Send>): void {
    for (const { route, groupId, groupLabels } of routed.routes) {
      const known = this.groups.get(groupId);
      if (known !== undefined && !this.isRemoved(known, send.time)) {
        if (known.take(routed, send)) this.schedule(known);
        continue;
      }
      const group = new Group(route, groupLabels, this.pipeline, send);
      this.groups.set(groupId, group);
      group.take(routed, send);
      this.schedule(group);
    }
    this.enqueue(routed, sends);
  }

  private isRemoved({ isEmpty, emptySince }: Group, time: number): boolean {
    const { emptyGroupsInterval: interval, from } = this.options;
    if (!isEmpty || emptySince === undefined) return false;
    if (interval === undefined) return true;
    return from + Math.ceil((emptySince - from) / interval) * interval <= time;
  }

  private untold(): Told["untold"] {
    const { from, to } = this.options;
    return this.alerts.flatMap(({ alert, routes }) => {
      const led = routes.map(({ route }) => ({
        route,
        isHeard: (this.configuration.receivers.get(route.receiver)?.integrations.length ?? 0) > 0,
      }));
      return alert.firings.flatMap((firing) => {
        if (firing.firedAt > to || (firing.resolvedAt ?? Infinity) < from) return [];
        return this.pipeline.outcomes.untold(firing, led, to) ?? [];
      });
    });
  }
}
