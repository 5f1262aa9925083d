import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "../../operations/find-program";

/** A Terraform provider as a stack requires it. */
export interface RequiredProvider {
  readonly source: string;
  readonly version: string;
}

/**
 * `it`, where `terraform init` can get the providers. Elsewhere `it.skip`, and a line that says so: a provider that
 * cannot be had is no fault of the machine (CI may reach no registry), so `E2E_REQUIRE` does not ask for it.
 */
export function itWithProvider(...providers: readonly RequiredProvider[]): jest.It {
  if (findProgram("terraform") === undefined) return it;
  const missing = providers.filter((provider) => !canBeHad(provider));
  if (missing.length === 0) return it;
  const names = missing.map(({ source, version }) => `${source} ${version}`).join(", ");
  process.stderr.write(`SKIPPED what needs the provider ${names}: terraform init cannot get it here\n`);
  return it.skip;
}

function canBeHad(provider: RequiredProvider): boolean {
  const folder = mkdtempSync(join(tmpdir(), "provider-"));
  try {
    const terraform = { required_providers: { wanted: provider } };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform }));
    const env = { ...process.env, CHECKPOINT_DISABLE: "1" };
    return (
      spawnSync("terraform", ["init", "-input=false"], { cwd: folder, env, timeout: 300_000 }).status === 0
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
