import { kinds } from "../receivers";
import type { ReceiverKind } from "../receivers/receiver";
import { sharedTemplates } from "./shared-templates";

/** Absolute path of the templates in Alertmanager's container. */
export const templatePath = "/etc/alertmanager/notifications.tmpl";

/** The file of templates: one set for all kinds of receivers, those that they share first. */
export function renderTemplateFile(): string {
  const ofKinds = Object.values<Pick<ReceiverKind, "templates">>(kinds).map(
    ({ templates = {} }) => templates,
  );
  const definitions = [sharedTemplates, ...ofKinds]
    .flatMap((templates) => Object.entries(templates))
    .map(([name, body]) => `{{ define "${name}" -}}\n${body}\n{{- end }}\n`);
  return [
    "{{/* What notifications say. Written by the synth: change alerts/notifications/. */}}",
    ...definitions,
  ].join("\n");
}
