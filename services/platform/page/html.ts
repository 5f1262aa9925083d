import { escapeHtml } from "./escape-html";

/** Text that is HTML. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = string | number | Html | undefined | readonly (Html | undefined)[];

/** HTML of a template: what is put into it is text, unless it is HTML itself. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(parts.map((part, index) => (index === 0 ? "" : render(values[index - 1])) + part).join(""));
}

function render(value: Value): string {
  if (value === undefined) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "string" || typeof value === "number") return escapeHtml(String(value));
  return value.map(render).join("");
}
