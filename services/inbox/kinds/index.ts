import { discord } from "./discord";
import { email } from "./email";
import type { Kind } from "./kind";
import { msteams } from "./msteams";
import { pagerduty } from "./pagerduty";
import { slack } from "./slack";
import { webhook } from "./webhook";

/** Every kind, by its name: the first part of the path, `POST /<kind>/<receiver>`. A new kind is added here. */
export const kinds: Readonly<Record<string, Kind>> = { slack, discord, msteams, email, pagerduty, webhook };

/** A kind by its name. @throws Error where there is none */
export function kindOf(name: string): Kind {
  const kind = kinds[name];
  if (!kind) throw new Error(`There is no kind "${name}".`);
  return kind;
}
