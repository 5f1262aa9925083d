import type { Property } from "./properties";

/**
 * What metrics and alerts can need of an environment: where it has it not, the thing is not measured, cannot happen, or
 * nobody could be told of it. Each with its words, for those who ask why something is not there.
 */
export const needs = {
  "service-replicas": "a service with more than one target",
  "discovered-targets": "targets that are discovered",
  "discovered-services": "a service that is discovered: one of a list is never absent",
  "discovered-machines": "machines that are discovered: one of a list is never absent",
  "reloaded-configuration": "a configuration that is reloaded",
  "second-alertmanager": "a second Alertmanager",
  "week-of-samples": "samples that are kept for more than a week",
  "prometheus-server": "a Prometheus of its own, which keeps samples and evaluates rules",
  "prometheus-agents": "agents of Prometheus, which write to a workspace",
  "remote-write": "samples that are sent elsewhere",
  "log-lines": "log lines in Loki",
} as const;

/** One of these. */
export type Need = keyof typeof needs;

/** All of these. */
export const everyNeed = Object.keys(needs) as readonly Need[];

/** A list of these. */
export const listOfNeeds: Property = {
  allowed: `a list of ${everyNeed.join(", ")}`,
  is: (value) =>
    Array.isArray(value) && value.every((each) => (everyNeed as readonly unknown[]).includes(each)),
};

/** Whether an environment has all that something needs. */
export function isGiven(
  { needs: needed = [] }: { readonly needs?: readonly Need[] },
  given: readonly Need[],
): boolean {
  return needed.every((need) => given.includes(need));
}
