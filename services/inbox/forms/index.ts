import { objectsIn } from "../json";
import { kindOf } from "../kinds";
import type { Message } from "../message";
import { jsonForm, type FormContext, type Piece } from "./piece";

/** A message as it looks where its receiver gets it. */
export function formOf(
  { id, kind, payload }: Pick<Message, "id" | "kind" | "payload">,
  context: Omit<FormContext, "id">,
): readonly Piece[] {
  const [fields] = objectsIn([payload]);
  return fields ? kindOf(kind).form(fields, { ...context, id }) : jsonForm(payload);
}
