import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { synthesizedDashboards } from "../__tests__/support/grafana-queries";
import type { Dashboard } from "../dashboards/lint/dashboard";
import { loadEnvironments } from "../environments";
import { synthesize } from "../stacks";

/**
 * The dashboards of `local`, by uid, as its stack gives them to Terraform.
 * @param folder in which the stacks are written
 */
export function localDashboards(folder: string): ReadonlyMap<string, Dashboard> {
  const outdir = join(folder, "cdktf.out");
  mkdirSync(outdir);
  synthesize(loadEnvironments("local"), outdir);
  return synthesizedDashboards(outdir, "local-grafana");
}
