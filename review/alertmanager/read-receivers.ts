import type { YamlValue } from "../../alerts/lint/yaml";
import type { Integration, Receiver } from "./configuration";
import { ConfigurationForm, described, itemsOf, type Report } from "./configuration-form";

/**
 * Kinds of integrations in the order in which Alertmanager makes them, and whether each is told of alerts that are
 * over where it does not say (`config/notifiers.go` of Alertmanager 0.31 to 0.35).
 */
export const integrationKinds: ReadonlyMap<string, boolean> = new Map([
  ["webhook_configs", true],
  ["email_configs", false],
  ["pagerduty_configs", true],
  ["opsgenie_configs", true],
  ["wechat_configs", false],
  ["slack_configs", false],
  ["victorops_configs", true],
  ["pushover_configs", true],
  ["sns_configs", true],
  ["telegram_configs", true],
  ["discord_configs", true],
  ["webex_configs", true],
  ["msteams_configs", true],
  ["msteamsv2_configs", true],
  ["jira_configs", true],
  ["incidentio_configs", true],
  ["rocketchat_configs", false],
  ["mattermost_configs", true],
]);

const fields = ["name", "labels", ...integrationKinds.keys()];

/** The receivers by their names. */
export function readReceivers(value: YamlValue | undefined, report: Report): ReadonlyMap<string, Receiver> {
  const receivers = new Map<string, Receiver>();
  for (const item of itemsOf(value, "receivers", report)) {
    const form = ConfigurationForm.of(item, "receiver", fields, report);
    if (form === undefined) continue;
    const name = form.text("name") ?? "";
    if (name === "") report(item.place, "a receiver has no name, which it must have");
    if (receivers.has(name))
      report(form.placeOf("name"), `found two receivers of the name "${name}", allowed: one`);
    const integrations = [...integrationKinds].flatMap(([kind, byDefault]) =>
      itemsOf(form.value(kind), kind, report).flatMap((each, index) =>
        readIntegration(each, { kind, index, sendResolved: byDefault }, report),
      ),
    );
    receivers.set(name, { name, integrations });
  }
  return receivers;
}

function readIntegration(value: YamlValue, byDefault: Integration, report: Report): readonly Integration[] {
  if (value.kind !== "map") {
    report(value.place, `${byDefault.kind}: found ${described(value)}, allowed: a map`);
    return [];
  }
  const form = ConfigurationForm.of(value, byDefault.kind, [...value.fields.keys()], report);
  return [{ ...byDefault, sendResolved: form?.boolean("send_resolved") ?? byDefault.sendResolved }];
}
