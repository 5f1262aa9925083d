import { kinds } from "../receivers";
import type { ReceiverKind } from "../receivers/receiver";
import { sharedTemplates } from "./shared-templates";
import { definitionsOf } from "./template";

/** Absolute path of the templates in Alertmanager's container. */
export const templatePath = "/etc/alertmanager/notifications.tmpl";

/** The file of templates: one set for all kinds of receivers, those that they share first. */
export function renderTemplateFile(): string {
  const ofKinds = Object.values<Pick<ReceiverKind, "templates">>(kinds).map(
    ({ templates = {} }) => templates,
  );
  return [
    "{{/* What notifications say. Written by the synth: change alerts/notifications/. */}}",
    ...definitionsOf([sharedTemplates, ...ofKinds]),
  ].join("\n");
}
