import type { Untold } from "../../alertmanager/notification";
import type { UntoldAlert } from "../../page/data/alerts";
import type { OfVersion } from "./alert-changes";

/** Alerts of which nobody was told, with how often that was so in each version. Those that nobody is meant to be told of are left out. */
export function untoldOf(before: OfVersion, after: OfVersion): readonly UntoldAlert[] {
  const counted = new Map<string, { -readonly [K in keyof UntoldAlert]: UntoldAlert[K] }>();
  for (const [side, { outcome, finder }] of [["after", after] as const, ["before", before] as const]) {
    for (const untold of outcome.told.untold) {
      const severity = untold.firing.labels.severity ?? "";
      // Alerts for programs alone.
      if (severity === "none") continue;
      const alert = finder.of(untold.firing)?.name ?? untold.firing.rule.alert;
      const { kind, by } = reasonOf(untold);
      const key = JSON.stringify([alert, severity, kind, by]);
      const first = untold.firing.firedAt;
      const known = counted.get(key) ?? { alert, severity, why: kind, by, before: 0, after: 0, first };
      known[side] += 1;
      counted.set(key, known);
    }
  }
  return [...counted.values()].sort((one, other) => other.after - one.after);
}

function reasonOf({ why }: Untold): { readonly kind: UntoldAlert["why"]; readonly by: string } {
  switch (why.kind) {
    case "inhibited":
      return { kind: why.kind, by: why.by.rule.alert };
    case "muted":
      return { kind: why.kind, by: why.interval };
    case "over before it was told":
    case "no receiver":
      return { kind: why.kind, by: why.receiver };
  }
}
