import type { Message } from "../message";
import { objectsIn } from "../json";
import { discordForm } from "./discord";
import { emailForm } from "./email";
import { msteamsForm } from "./msteams";
import { pagerdutyForm } from "./pagerduty";
import { type FormContext, type Piece } from "./piece";
import { slackForm } from "./slack";
import { webhookForm } from "./webhook";

const forms: Readonly<Record<string, typeof slackForm>> = {
  slack: slackForm,
  discord: discordForm,
  msteams: msteamsForm,
  pagerduty: pagerdutyForm,
};

/** A message as it looks where its receiver gets it. */
export function formOf({ id, kind, payload }: Message, context: FormContext): Piece[] {
  const [fields] = objectsIn([payload]);
  if (kind === "email") return emailForm(fields ?? {}, id);
  const form = forms[kind];
  return form && fields ? form(fields, context) : webhookForm(payload, context);
}
