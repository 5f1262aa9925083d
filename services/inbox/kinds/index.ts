import { discord } from "./discord";
import type { Kind } from "./kind";
import { msteams } from "./msteams";
import { pagerduty } from "./pagerduty";
import { slack } from "./slack";
import { webhook } from "./webhook";

/** The services whose webhooks are taken, by the first part of the path: `POST /<kind>/<receiver>`. */
export const kinds: Readonly<Record<string, Kind>> = { slack, discord, webhook, pagerduty, msteams };
