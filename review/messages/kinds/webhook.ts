import { GoStruct } from "../../../alerts/go-template/values";
import { templateData } from "../template-data";
import type { Integration } from "./kind";

/** What Alertmanager's `webhook_configs` post: the alerts themselves, as JSON of version 4. */
export const webhook: Integration = {
  inbox: "webhook",
  defaults: {},
  body: ({ settings, group, groupKey }) => {
    const most = Number(settings.max_alerts ?? 0);
    const isCut = most > 0 && group.alerts.length > most;
    const alerts = isCut ? group.alerts.slice(0, most) : group.alerts;
    const { fields, jsonNames } = templateData({ ...group, alerts });
    return new GoStruct(
      "webhook.Message",
      {
        ...fields,
        version: "4",
        groupKey,
        truncatedAlerts: BigInt(group.alerts.length - alerts.length),
      },
      { jsonNames },
    );
  },
};
