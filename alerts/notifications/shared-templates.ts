import { isLink } from "./expressions";
import { limits } from "./limits";
import { plainText, silenceLink, title } from "./message";
import { useOf } from "./template";

/** A link that the first alert names in an annotation; nothing where it names none that can be one. */
function annotationLink(annotation: "runbook_url" | "dashboard_url"): string {
  const value = `.Annotations.${annotation}`;
  return `{{ with index .Alerts 0 }}{{ if ${isLink(value, limits.link)} }}{{ ${value} }}{{ end }}{{ end }}`;
}

/** Templates that are of no kind of receiver: a title and links without markup. */
export const sharedTemplates = {
  "notification.title": title(plainText),
  "notification.runbook": annotationLink("runbook_url"),
  "notification.dashboard": annotationLink("dashboard_url"),
  "notification.silence": [...silenceLink(), "{{- $silence -}}"].join("\n"),
} as const;

/** The use of one of them in Alertmanager's configuration. */
export const sharedTemplate = useOf(sharedTemplates);
