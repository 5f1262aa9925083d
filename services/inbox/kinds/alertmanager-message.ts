import { z } from "zod";

const labels = z.record(z.string(), z.string());
const optionalText = z.string().optional().catch(undefined);

/** What Alertmanager's `webhook_configs` sends, version 4. https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
export const alertmanagerMessage = z.object({
  version: z.literal("4"),
  status: z.enum(["firing", "resolved"]),
  groupKey: optionalText,
  externalURL: optionalText,
  truncatedAlerts: z.number().int().nonnegative().optional().catch(undefined),
  groupLabels: labels,
  commonLabels: labels,
  commonAnnotations: labels,
  alerts: z.array(
    z.object({
      status: z.enum(["firing", "resolved"]),
      labels,
      annotations: labels.default({}),
      startsAt: optionalText,
      endsAt: optionalText,
      generatorURL: optionalText,
    }),
  ),
});

/** Such a message. */
export type AlertmanagerMessage = z.infer<typeof alertmanagerMessage>;
