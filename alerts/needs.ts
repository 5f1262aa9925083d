/**
 * What an alert can need besides its series: where the environment has it not, the thing cannot happen, or nobody could
 * be told of it. Each with its words, for those who ask why an alert is not there.
 */
export const needs = {
  "service-replicas": "a service with more than one target",
  "discovered-targets": "targets that Prometheus finds by itself: one of a list is never absent",
  "reloaded-configuration": "a configuration that is reloaded while the program runs",
  "second-alertmanager": "a second Alertmanager, by which it can leave",
  "remote-write": "samples that are sent elsewhere",
} as const;

/** One of these. */
export type Need = keyof typeof needs;

/** All of these. */
export const everyNeed = Object.keys(needs) as readonly Need[];

/** Whether an environment has all that something needs. */
export function isGiven(
  { needs: needed = [] }: { readonly needs?: readonly Need[] },
  given: readonly Need[],
): boolean {
  return needed.every((need) => given.includes(need));
}
