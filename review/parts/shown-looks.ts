import type { LooksChange } from "../looks/look";
import type { ChangedMessage } from "../looks/changed-messages";
import type { RenderedMessage } from "../messages/rendered";
import type { MessageText, ShownMessage } from "../page/data/alerts";
import type { LooksPart } from "../page/data/looks";
import { messageTextOf } from "./alerts/messages";

/** How dashboards and messages change, as the page shows it; whom the routes lead to is put beside it. */
export function shownLooks(
  { dashboards, notes }: LooksChange,
  messages: readonly ChangedMessage[],
): Pick<LooksPart, "dashboards" | "messages" | "notes"> {
  const empty = dashboards.flatMap(({ title, withoutData }) =>
    withoutData.map((panel) => `${title}: the panel "${panel.title}" shows nothing (${panel.says}).`),
  );
  return {
    dashboards: dashboards.map(({ uid, title, change, what, panels, before, after }) => ({
      uid,
      title,
      change,
      panels: [
        ...(what.length === 0 ? [] : [{ title: "the dashboard itself", change: "changed" as const, what }]),
        ...panels.map(({ title: of, change: became, what: words, before: was, after: is }) => ({
          title: of,
          change: became,
          what: words,
          ...(was && { before: was }),
          ...(is && { after: is }),
        })),
      ],
      ...(before && { before }),
      ...(after && { after }),
    })),
    messages: messages.map(shownMessage),
    notes: [...notes, ...empty],
  };
}

function shownMessage({ alert, receiver, change, before, after }: ChangedMessage): ShownMessage {
  return { alert, receiver, change, before: textOf(before), after: textOf(after) };
}

function textOf(message: RenderedMessage | undefined): MessageText | undefined {
  return message && messageTextOf(message);
}
