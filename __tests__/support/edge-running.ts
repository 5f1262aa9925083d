import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { EdgeSite } from "../../constructs/docker/edge-configuration";
import { edgeConfigurationOf } from "../../stacks/edge-sites";
import type { Edit } from "./edit";
import { Behind, type KeyKind, TestEdge } from "./edge";
import { withEdge } from "./edge-environment";
import { parseEnvironment } from "./environments";

/** Passwords of the users of `edgeInput`. */
export const passwords = { alice: "correct horse battery", ci: "token of a machine" } as const;

/** What a running edge may have besides. */
interface EdgeChanges {
  /** Default: of an elliptic curve. */
  readonly key?: KeyKind;
  /** What becomes of each site. Default: nothing. */
  readonly site?: (site: EdgeSite) => EdgeSite;
}

/** The edge of an environment with one program behind all of its URLs. */
export async function startEdge(folder: string, name: string, ...edits: readonly Edit[]) {
  return startChangedEdge(folder, name, {}, ...edits);
}

/** The same, with something changed that an environment does not say. */
export async function startChangedEdge(
  folder: string,
  name: string,
  { key, site: changed = (site) => site }: EdgeChanges,
  ...edits: readonly Edit[]
) {
  const environment = parseEnvironment(withEdge(...edits), "prod.ts");
  const { edge: settings } = environment;
  if (!settings) throw new Error("No edge.");
  const behind = new Behind();
  const upstream = await behind.start();
  const configuration = edgeConfigurationOf(environment, settings);
  const sites = configuration.sites.map((site) => changed({ ...site, upstreams: [upstream] }));
  const own = join(folder, name);
  mkdirSync(own);
  return {
    behind,
    environment,
    edge: await TestEdge.start(own, { ...configuration, sites }, passwords, key),
  };
}
