import { z } from "zod";
import { describeValue, nearest } from "../describe";
import type { Path, Problem } from "./rule";

/** An environment's receivers, as far as they can be read. */
export const withReceivers = z.looseObject({
  receivers: z.array(
    z
      .looseObject({ name: z.string().optional().catch(undefined), kind: z.unknown() })
      .catch({ name: undefined, kind: undefined }),
  ),
});

type Receivers = z.infer<typeof withReceivers>["receivers"];

/** Whether a receiver is a heartbeat, though its kind may be misspelt. */
export function isHeartbeat({ kind }: Pick<Receivers[number], "kind">): boolean {
  return asMeant([kind], ["heartbeat"]).includes("heartbeat");
}

/** The names that a route may lead to. */
export function namesForRoutes(receivers: Receivers): string[] {
  return receivers.flatMap((receiver) => (isHeartbeat(receiver) ? [] : (receiver.name ?? [])));
}

const nothing = { severity: undefined, owner: undefined, activeDuring: undefined, receivers: [] };
/** An environment's routes, as far as they can be read. */
export const withRoutes = z.object({
  defaultReceiver: z.unknown(),
  routes: z.array(
    z
      .looseObject({
        severity: z.unknown(),
        owner: z.unknown().optional(),
        activeDuring: z.unknown().optional(),
        receivers: z.array(z.unknown()).catch([]),
      })
      .catch(nothing),
  ),
});

/** Something that is wrong in `alerting`. */
export function problem(path: Path, found: unknown, allowed: string): Problem {
  return { path: ["alerting", ...path], found: describeValue(found), allowed };
}

/** What is named; where a name is misspelt, the one that was meant: a slip is one problem, not two. */
export function asMeant(found: readonly unknown[], names: readonly string[]): readonly unknown[] {
  return found.map((name) =>
    typeof name === "string" && !names.includes(name) ? (nearest(name, names) ?? name) : name,
  );
}

/** What is allowed, and which of it was probably meant. */
export function oneOf(what: string, names: readonly string[], found: string): string {
  const meant = nearest(found, names);
  return `${what}: ${[...new Set(names)].join(", ") || "there is none"}${meant === undefined ? "" : `; did you mean "${meant}"?`}`;
}
