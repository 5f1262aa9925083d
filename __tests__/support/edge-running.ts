import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { edgeConfigurationOf } from "../../stacks/edge-sites";
import type { Edit } from "./edit";
import { Behind, TestEdge } from "./edge";
import { withEdge } from "./edge-environment";
import { parseEnvironment } from "./environments";

/** Passwords of the users of `edgeInput`. */
export const passwords = { alice: "correct horse battery", ci: "token of a machine" } as const;

/** The edge of an environment with one program behind all of its URLs. */
export async function startEdge(folder: string, name: string, ...edits: readonly Edit[]) {
  const environment = parseEnvironment(withEdge(...edits), "prod.ts");
  const { edge: settings } = environment;
  if (!settings) throw new Error("No edge.");
  const behind = new Behind();
  const upstream = await behind.start();
  const configuration = edgeConfigurationOf(environment, settings);
  const sites = configuration.sites.map((site) => ({ ...site, upstreams: [upstream] }));
  const own = join(folder, name);
  mkdirSync(own);
  return { behind, edge: await TestEdge.start(own, { ...configuration, sites }, passwords) };
}
