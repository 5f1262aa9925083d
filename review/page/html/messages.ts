import { html, Html } from "../../../services/platform/page/html";
import type { MessageText, ShownMessage } from "../data/alerts";
import { changedLines, type Line } from "../changed-lines";
import { shortTime } from "../zoned";
import { changeSign, folded } from "./pieces";

/** Messages before and after, beside one another where they differ, those that differ open. */
export function messagePairs(messages: readonly ShownMessage[], zone: string): Html {
  return html`<div class="folds">
    ${messages.map(({ alert, receiver, change, before, after }) =>
      folded(
        html`<span class="name">${alert}</span> to ${receiver} ${changeSign(change)}`,
        change === "same"
          ? one("Before and after", "after", after, undefined, zone)
          : both(before, after, zone),
        change !== "same",
      ),
    )}
  </div>`;
}

function both(before: MessageText | undefined, after: MessageText | undefined, zone: string): Html {
  return html`<div class="pair">
    ${one("Before", "before", before, after, zone)} ${one("After", "after", after, before, zone)}
  </div>`;
}

function one(
  label: string,
  side: "before" | "after",
  message: MessageText | undefined,
  other: MessageText | undefined,
  zone: string,
): Html {
  const time = message?.time === undefined ? "" : `, ${shortTime(message.time, zone)}`;
  return html`<div class="told">
    <p class="side" data-side="${side}">${label}${time}</p>
    ${message === undefined ? html`<p>No message.</p>` : content(message, other)}
  </div>`;
}

function content({ title, text, html: form }: MessageText, other: MessageText | undefined): Html {
  const marked = (lines: readonly Line[]) =>
    html`${lines.map(({ line, isNew }, index) => html`${index > 0 ? "\n" : ""}${isNew ? html`<mark>${line}</mark>` : line}`)}`;
  const lines = (mine: string, theirs: string | undefined) =>
    theirs === undefined ? html`${mine}` : marked(changedLines(mine, theirs));
  return html`<div class="message">
      <strong class="title">${lines(title, other?.title)}</strong>
      <p class="text">${lines(text, other?.text)}</p>
    </div>
    ${form === undefined ? undefined : folded("As its receiver shows it", shadowed(form))}`;
}

/** A form with a style of its own, which neither gets the page's nor gives it any. */
function shadowed(form: string): Html {
  return html`<div class="form"><template shadowrootmode="open">${new Html(form)}</template></div>`;
}
