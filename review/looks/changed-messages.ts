import type { Labels } from "../../metrics/promql-engine/series";
import type { RenderedMessage } from "../messages/rendered";
import type { Firing } from "../replay/firing";
import { isSame } from "./json-difference";
import { type SampledVersion, sampleAlertsOf, type SampleSettings } from "./sample-alerts";

/**
 * The messages that a version sends for an alert that fires alone: one for each integration of each receiver that gets it.
 * None where nobody is told.
 */
export type Render<V> = (version: V, alert: Firing) => readonly RenderedMessage[];

/** A message that is another one in the later version, as an example shows it. */
export interface ChangedMessage {
  readonly alert: string;
  readonly receiver: string;
  /** The key of its configuration, such as `slack_configs`. */
  readonly integration: string;
  /** Labels of the example. */
  readonly labels: Labels;
  readonly change: "new" | "gone" | "changed";
  /** Undefined where the version sends none. */
  readonly before: RenderedMessage | undefined;
  readonly after: RenderedMessage | undefined;
  /** How many further samples of the alert, with other labels, change at this receiver, too. */
  readonly likeIt: number;
}

/**
 * The messages that differ between two versions: of each alert, receiver and integration the first example.
 * @param render gives what a version would send; what it throws is thrown
 */
export function changedMessages<V extends SampledVersion>(
  before: V,
  after: V,
  render: Render<V>,
  settings: SampleSettings = {},
): ChangedMessage[] {
  const [old, fresh] = [before, after].map((version) => messagesOf(version, render, settings));
  const changed = new Map<string, ChangedMessage>();
  for (const key of new Set([...(fresh?.keys() ?? []), ...(old?.keys() ?? [])])) {
    const [was, is] = [old?.get(key), fresh?.get(key)];
    if (was && is && isSameMessage(was.message, is.message)) continue;
    const { alert, message } = is ?? was ?? {};
    if (alert === undefined || message === undefined) continue;
    const { receiver, integration } = message.notification;
    const shown = JSON.stringify([alert.rule.alert, receiver, integration]);
    const known = changed.get(shown);
    if (known?.after !== undefined && is === undefined) {
      // Of another severity before: what comes in its place has been looked at.
      if (known.before === undefined)
        changed.set(shown, { ...known, change: "changed", before: was?.message });
      continue;
    }
    if (known !== undefined) {
      changed.set(shown, { ...known, likeIt: known.likeIt + 1 });
      continue;
    }
    changed.set(shown, {
      alert: alert.rule.alert,
      receiver,
      integration,
      labels: alert.labels,
      change: was === undefined ? "new" : is === undefined ? "gone" : "changed",
      before: was?.message,
      after: is?.message,
      likeIt: 0,
    });
  }
  return [...changed.values()];
}

interface Sent {
  readonly alert: Firing;
  readonly message: RenderedMessage;
}

/**
 * By what makes a message the same one in both versions: its alert with its severity and service, the how manieth of these
 * it is, and who gets it where.
 */
function messagesOf<V extends SampledVersion>(
  version: V,
  render: Render<V>,
  settings: SampleSettings,
): ReadonlyMap<string, Sent> {
  const messages = new Map<string, Sent>();
  for (const alert of sampleAlertsOf(version, settings)) {
    const { severity = "", service = "" } = alert.labels;
    for (const message of render(version, alert)) {
      const { receiver, integration } = message.notification;
      const of = [alert.rule.alert, severity, service, receiver, integration];
      for (let nth = 0; ; nth += 1) {
        const key = JSON.stringify([...of, nth]);
        if (messages.has(key)) continue;
        messages.set(key, { alert, message });
        break;
      }
    }
  }
  return messages;
}

function isSameMessage(one: RenderedMessage, other: RenderedMessage): boolean {
  return one.title === other.title && one.text === other.text && isSame(one.payload, other.payload);
}
