import type { Labels } from "../../metrics/promql-engine/series";
import type { Firing } from "../replay/firing";

/** An alert in a notification. Times are milliseconds of Unix time. */
export interface NotifiedAlert {
  readonly status: "firing" | "resolved";
  readonly firing: Firing;
  /** The evaluation whose values the annotations have: the last that was sent before. */
  readonly evaluatedAt: number;
  readonly startsAt: number;
  /** Undefined while it fires. */
  readonly endsAt: number | undefined;
}

/** Why Alertmanager sends a notification. */
export type Reason = "first" | "more alerts" | "repeated" | "resolved" | "some resolved";

/** What Alertmanager would have sent to one integration of a receiver. */
export interface Notification {
  /** When, in milliseconds of Unix time. */
  readonly time: number;
  readonly receiver: string;
  /** The key of its configuration, such as `slack_configs`. */
  readonly integration: string;
  /** Which of the receiver's of that key, from 0. */
  readonly index: number;
  readonly groupKey: string;
  readonly groupLabels: Labels;
  /** Firing while one of the alerts does. */
  readonly status: "firing" | "resolved";
  readonly reason: Reason;
  readonly alerts: readonly NotifiedAlert[];
}

/** Why nobody was told of an alert that fired, by a route. */
export interface Untold {
  readonly firing: Firing;
  readonly why:
    | { readonly kind: "inhibited"; readonly by: Firing }
    | { readonly kind: "muted"; readonly receiver: string; readonly interval: string }
    | { readonly kind: "over before it was told"; readonly receiver: string }
    | { readonly kind: "no receiver"; readonly receiver: string };
}

/** What a replay of Alertmanager gives. */
export interface Told {
  /** In order of time. */
  readonly notifications: readonly Notification[];
  /** Alerts of which no integration was told at all. */
  readonly untold: readonly Untold[];
}
