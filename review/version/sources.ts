import { isAlert } from "../../alerts/rule";
import type { Watched } from "../../signals/watched";

/**
 * Which file each rule is written in, by `alert NAME` and `record NAME`. Where its group names none, it is known to
 * nobody and left out.
 */
export function sourcesOf({ groups }: Pick<Watched, "groups">): Readonly<Record<string, string>> {
  const sources: Record<string, string> = {};
  for (const { source, rules } of Object.values(groups).flat()) {
    if (source === undefined) continue;
    for (const rule of rules) {
      sources[isAlert(rule) ? `alert ${rule.alert}` : `record ${rule.record}`] = source;
    }
  }
  return sources;
}
