import { jsonText } from "../notifications/json";
import { type Markup, title } from "../notifications/message";
import { messageText } from "../notifications/message-text";

/**
 * A message for Amazon Q Developer in chat applications, which shows JSON of this form and drops other texts:
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html, November 2026.
 * @param mostBytes of the description, before it is written as JSON
 */
export function chatMessage(markup: Markup, mostBytes: number, silence: readonly string[]): string {
  const inJson: Markup = { ...markup, escape: (text) => jsonText(markup.escape(text)) };
  return [
    `{"version":"1.0","source":"custom","content":{"textType":"client-markdown","title":"${title(inJson)}","description":"`,
    `${messageText(markup, mostBytes, { silence, written: jsonText })}"}}`,
  ].join("");
}
