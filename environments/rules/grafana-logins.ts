import { z } from "zod";
import { describeValue } from "../describe";
import { type Rule, rule } from "./rule";

const withOidc = z.looseObject({
  grafana: z.looseObject({ url: z.string(), oidc: z.looseObject({}) }),
});

/** The provider sends a person back with the code of his login in the URL. */
const oidcHasTls = rule(withOidc, ({ grafana: { url } }) =>
  url.startsWith("https://")
    ? []
    : [
        {
          path: ["grafana", "url"],
          found: describeValue(url),
          allowed:
            "an https:// URL, as grafana.oidc is there. An edge: { … } answers at it (docs/edge.md), or a proxy of " +
            "your own; without either leave grafana.oidc out",
        },
      ],
);

const receiver = z
  .looseObject({ kind: z.string().optional().catch(undefined), name: z.string().optional().catch(undefined) })
  .catch({ kind: undefined, name: undefined });
const withReceiver = z.looseObject({
  grafana: z.looseObject({ smtp: z.looseObject({ kind: z.literal("receiver"), name: z.string() }) }),
  alerting: z.looseObject({ receivers: z.array(receiver) }),
});

const smtpReceiverIsThere = rule(withReceiver, ({ grafana: { smtp }, alerting: { receivers } }) => {
  const names = receivers.flatMap(({ kind, name }) => (kind === "email" && name !== undefined ? [name] : []));
  if (names.includes(smtp.name)) return [];
  const path = ["grafana", "smtp", "name"];
  const found = describeValue(smtp.name);
  const allowed =
    names.length > 0
      ? `the name of a receiver of the kind email: ${names.join(", ")}`
      : `grafana.smtp: { kind: "server", … }, as no receiver is of the kind email`;
  return [{ path, found, allowed }];
});

/** Rules of how people log in at Grafana, and of its mails. */
export const grafanaLoginRules: readonly Rule[] = [oidcHasTls, smtpReceiverIsThere];
