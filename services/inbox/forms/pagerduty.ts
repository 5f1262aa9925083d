import { objectsIn, textIn } from "../json";
import { anchor, element, facts, plain, type FormContext, type Piece } from "./piece";

type Fields = Readonly<Record<string, unknown>>;

const states: Readonly<Record<string, string>> = {
  trigger: "Triggered",
  acknowledge: "Acknowledged",
  resolve: "Resolved",
};

/** An incident of PagerDuty. */
export function pagerdutyForm(event: Fields, context: FormContext): Piece[] {
  const [payload = {}] = objectsIn([event.payload]);
  const action = textIn(event.event_action);
  const links = objectsIn(event.links).flatMap(({ href, text }) =>
    textIn(href) === "" ? [] : [plain("li", anchor(textIn(href), [textIn(text) || textIn(href)], context))],
  );
  const client = textIn(event.client);
  return [
    element(
      "div",
      "pagerduty",
      element("p", "small", states[action] ?? action),
      element("p", "title", textIn(payload.summary) || textIn(event.dedup_key)),
      ...facts([
        ["Severity", textIn(payload.severity)],
        ["Source", textIn(payload.source)],
        ["Component", textIn(payload.component)],
        ["Class", textIn(payload.class)],
        ["Group", textIn(payload.group)],
        ["Sent by", client === "" ? "" : [anchor(textIn(event.client_url), [client], context)]],
        ["Incident key", textIn(event.dedup_key)],
      ]),
      ...details(payload.custom_details),
      ...(links.length === 0 ? [] : [plain("ul", ...links)]),
    ),
  ];
}

/** The details of an event, objects in them as lists of their own; what is empty is left out. */
function details(value: unknown): Piece[] {
  if (typeof value === "string") return value === "" ? [] : [plain("pre", value)];
  const rows = rowsOf(value);
  return rows.length === 0 ? [] : [element("p", "heading", "Details"), ...facts(rows)];
}

function rowsOf(value: unknown): (readonly [string, readonly Piece[]])[] {
  const [object] = objectsIn([value]);
  // Alertmanager sorts them; what an alert is comes first.
  const rank = (name: string) => Number(name !== "Summary");
  return Object.entries(object ?? {})
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([name, each]) => [name, valueOf(each)]);
}

function valueOf(value: unknown): readonly Piece[] {
  if (value === null || value === "") return [];
  if (typeof value === "string") return value.includes("\n") ? [plain("pre", value.trim())] : [value];
  return typeof value === "object" && !Array.isArray(value) ? facts(rowsOf(value)) : [JSON.stringify(value)];
}
