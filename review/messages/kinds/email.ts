import { GoList, GoStruct, stringList } from "../../../alerts/go-template/values";
import type { Integration } from "./kind";

/**
 * What Alertmanager's `email_configs` send, as the inbox keeps a mail: who, what, and the parts of its body. Line ends are
 * those that mail leaves of them.
 */
export const email: Integration = {
  inbox: "email",
  defaults: { html: `{{ template "email.default.html" . }}`, text: "" },
  body: ({ settings, time, text, page }) => {
    const headers = headersOf(settings.headers);
    const written = (name: string, other: unknown) => text(headers.get(name) ?? other).trim();
    return new GoStruct("mail", {
      subject: written("subject", `{{ template "email.default.subject" . }}`),
      from: written("from", settings.from),
      to: stringList([written("to", settings.to)]),
      ...(headers.has("cc") && { cc: stringList([written("cc", "")]) }),
      date: new Date(Math.floor(time / 1000) * 1000).toISOString(),
      ...part("text", settings.text, text),
      ...part("html", settings.html, page),
      attachments: new GoList("[]attachment", []),
    });
  },
};

function part(name: "text" | "html", setting: unknown, run: (setting: unknown) => string) {
  if (setting === undefined || setting === "") return {};
  return { [name]: run(setting).replace(/\r\n?/g, "\n") };
}

function headersOf(value: unknown): ReadonlyMap<string, unknown> {
  const own = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return new Map(own.map(([name, text]) => [name.toLowerCase(), text]));
}
