import { parse } from "yaml";
import type { Notification } from "../../alertmanager/notification";
import { messageHtml, messageStyle } from "../../messages/message-html";
import type { RenderedMessage } from "../../messages/rendered";
import { type MessageSettings, renderMessage } from "../../messages/render-message";
import type { MessageText, ShownMessage } from "../../page/data/alerts";
import type { Version } from "../../version/version";
import type { OfVersion, RulePair } from "./alert-changes";

/** So many messages are shown. */
const mostMessages = 60;

/** What a version's messages are made with. */
export function messageSettings(version: Version): MessageSettings {
  return {
    configuration: parse(version.alertmanager),
    templates: version.templates,
    externalUrl: version.alertmanagerUrl,
    rules: { externalLabels: version.externalLabels, externalUrl: "" },
  };
}

/** Of each alert and receiver the first message in each version; those that differ come first. */
export function shownMessages(
  pairs: readonly RulePair[],
  old: OfVersion,
  now: OfVersion,
): readonly ShownMessage[] {
  const settings = { old: messageSettings(old.outcome.version), now: messageSettings(now.outcome.version) };
  const shown = pairs.flatMap(({ key, before, after }) => {
    const firsts = { old: firstOfEach(old.told.get(key) ?? []), now: firstOfEach(now.told.get(key) ?? []) };
    return [...new Set([...firsts.now.keys(), ...firsts.old.keys()])].map((receiver): ShownMessage => {
      const one = textOf(firsts.old.get(receiver), settings.old);
      const other = textOf(firsts.now.get(receiver), settings.now);
      return {
        alert: (after ?? before)?.name ?? key,
        receiver,
        change: changeOf(one, other),
        before: one,
        after: other,
      };
    });
  });
  const rank = { new: 1, gone: 2, changed: 0, same: 3 } as const;
  return shown.sort((one, other) => rank[one.change] - rank[other.change]).slice(0, mostMessages);
}

function firstOfEach(notifications: readonly Notification[]): ReadonlyMap<string, Notification> {
  const firsts = new Map<string, Notification>();
  for (const notification of notifications) {
    if (!firsts.has(notification.receiver)) firsts.set(notification.receiver, notification);
  }
  return firsts;
}

function textOf(notification: Notification | undefined, settings: MessageSettings): MessageText | undefined {
  if (notification === undefined) return undefined;
  return { time: notification.time, ...messageTextOf(renderMessage(notification, settings)) };
}

const style = remembered(() => `<style>${messageStyle()}</style>`);

/** A message with its form: title, text, and how its receiver shows it. */
export function messageTextOf(message: RenderedMessage): MessageText {
  const { title, text } = message;
  return { title, text, html: `${style()}${messageHtml(message)}` };
}

function remembered(make: () => string): () => string {
  let made: string | undefined;
  return () => (made ??= make());
}

/** Times and values of two messages may differ: they are the same if neither title nor text does. */
function changeOf(before: MessageText | undefined, after: MessageText | undefined): ShownMessage["change"] {
  if (before === undefined) return "new";
  if (after === undefined) return "gone";
  return before.title === after.title && before.text === after.text ? "same" : "changed";
}
