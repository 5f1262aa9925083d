import { createHash } from "node:crypto";
import { jsonOf } from "../../../alerts/go-template/json";
import { GoList, GoMap, GoStruct, type GoValue } from "../../../alerts/go-template/values";
import { renderedDetails } from "../details";
import { settingsIn, truncated, withoutEmpty, type Integration, type Sending, type Settings } from "./kind";

/** Characters of a summary, and bytes of an event, in which details have no place any more. */
const most = { summary: 1024, event: 512_000 };

/** In the place of the key, which is a secret. */
const key = "0".repeat(32);

const details: Settings = {
  firing: "{{ .Alerts.Firing | toJson }}",
  resolved: "{{ .Alerts.Resolved | toJson }}",
  num_firing: "{{ .Alerts.Firing | len }}",
  num_resolved: "{{ .Alerts.Resolved | len }}",
};

/** What Alertmanager's `pagerduty_configs` post to the Events API v2; its routing key is one of zeros here. */
export const pagerduty: Integration = {
  inbox: "pagerduty",
  defaults: {
    description: `{{ template "pagerduty.default.description" .}}`,
    client: `{{ template "pagerduty.default.client" . }}`,
    client_url: `{{ template "pagerduty.default.clientURL" . }}`,
  },
  body: (sending) => {
    const [own = {}] = settingsIn([sending.settings.details]);
    const rendered = renderedDetails({ ...details, ...own }, sending.text);
    const event = eventOf(sending, rendered);
    if (Buffer.byteLength(jsonOf(event)) < most.event) return event;
    return eventOf(
      sending,
      new GoMap(
        "map[string]interface {}",
        {
          error:
            "Custom details have been removed because the original event exceeds the maximum size of 512KB",
        },
        undefined,
      ),
    );
  },
};

function eventOf({ settings, status, groupKey, text }: Sending, custom: GoValue): GoStruct {
  const { source, client, severity } = settings;
  const payload = withoutEmpty(
    {
      summary: truncated(text(settings.description), most.summary),
      source: text(source === undefined || source === "" ? client : source),
      severity: text(severity === undefined || severity === "" ? "error" : severity),
      class: text(settings.class),
      component: text(settings.component),
      group: text(settings.group),
      custom_details: custom,
    },
    ["summary", "source", "severity"],
  );
  return new GoStruct(
    "pagerduty.pagerDutyMessage",
    withoutEmpty({
      routing_key: key,
      dedup_key: createHash("sha256").update(groupKey).digest("hex"),
      event_action: status === "resolved" ? "resolve" : "trigger",
      payload: new GoStruct("pagerduty.pagerDutyPayload", payload),
      client: text(client),
      client_url: text(settings.client_url),
      images: linksOf(settings.images, ["src", "alt", "href"], text),
      links: linksOf(settings.links, ["href", "text"], text),
    }),
  );
}

/** Those whose first field holds something. */
function linksOf(value: unknown, names: readonly [string, ...string[]], text: Sending["text"]): GoValue {
  const links = settingsIn(value)
    .map((link) => Object.fromEntries(names.map((name) => [name, text(link[name])])))
    .filter((link) => link[names[0]] !== "");
  return links.length === 0
    ? undefined
    : new GoList(
        "[]link",
        links.map((link) => new GoStruct("link", link)),
      );
}
