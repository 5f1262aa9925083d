import type { Construct } from "constructs";

/** Under this key the tree of constructs keeps the prefix. */
const key = "monitoring:engine-name-prefix";

/**
 * Puts a prefix before the names that containers, volumes and networks below a scope have on their Docker engine, so that
 * two systems can be on one engine. Containers keep their own names on their networks.
 * @param scope that has nothing below it yet
 * @param prefix such as `dev-`
 */
export function prefixEngineNames(scope: Construct, prefix: string): void {
  scope.node.setContext(key, prefix);
}

/** The prefix of names on the engine; empty where there is none. */
export function enginePrefixOf(scope: Construct): string {
  const prefix: unknown = scope.node.tryGetContext(key);
  return typeof prefix === "string" ? prefix : "";
}

/** The name that something below a scope has on its engine. */
export function engineNameOf(scope: Construct, name: string): string {
  return enginePrefixOf(scope) + name;
}
