import type { Firing } from "../replay/firing";
import type { Untold } from "./notification";
import type { Route } from "./configuration";

type Why = Untold["why"];

/** What became of each alert that fired. */
export class Outcomes {
  private readonly toldOf = new Set<Firing>();
  private readonly mutedOf = new Map<Firing, Why>();
  private readonly inhibitedOf = new Map<Firing, Why>();

  told(firing: Firing): void {
    this.toldOf.add(firing);
  }

  muted(firing: Firing, receiver: string, interval: string): void {
    if (!this.mutedOf.has(firing)) this.mutedOf.set(firing, { kind: "muted", receiver, interval });
  }

  inhibited(firing: Firing, by: Firing): void {
    if (!this.inhibitedOf.has(firing)) this.inhibitedOf.set(firing, { kind: "inhibited", by });
  }

  /**
   * Why nobody was told of an alert; undefined where somebody was, or may still be.
   * @param routes those that took it, with whether they lead to anybody
   */
  untold(
    firing: Firing,
    routes: readonly { readonly route: Route; readonly isHeard: boolean }[],
    to: number,
  ): Untold | undefined {
    if (this.toldOf.has(firing)) return undefined;
    const why = this.mutedOf.get(firing) ?? this.inhibitedOf.get(firing) ?? restOf(firing, routes, to);
    return why && { firing, why };
  }
}

function restOf(
  firing: Firing,
  routes: readonly { readonly route: Route; readonly isHeard: boolean }[],
  to: number,
): Why | undefined {
  const heard = routes.find(({ isHeard }) => isHeard);
  if (heard === undefined) return { kind: "no receiver", receiver: routes[0]?.route.receiver ?? "" };
  if (firing.resolvedAt === undefined || firing.resolvedAt > to) return undefined;
  return { kind: "over before it was told", receiver: heard.route.receiver };
}
