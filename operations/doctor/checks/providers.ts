import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProviderContents } from "../../terraform/stack-contents";
import { terraform } from "../../terraform/terraform";
import { type Finding, ok, problem } from "../../checks/check";
import type { DoctorCheck, Subject } from "../check";

const installation = "https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation";

/** Whether Terraform can get the providers: those that an earlier deploy got are there, others are fetched to see. */
export const providersCheck: DoctorCheck = {
  name: "Providers",
  isCheap: false,
  timeLimitMs: 180_000,
  async run(subject): Promise<Finding[]> {
    const wanted = new Map(
      subject.contents.flatMap(({ providers }) => providers).map((each) => [label(each), each]),
    );
    if (wanted.size === 0) return [];
    const findings = await Promise.all(
      [...wanted.values()].map(async (provider) =>
        isInstalled(provider, subject) ? ok(label(provider)) : await fetchFinding(provider),
      ),
    );
    const others = findings.filter(({ status }) => status !== "ok");
    return others.length > 0 ? others : [ok([...wanted.keys()].join(", "))];
  },
};

function label({ source, version }: ProviderContents): string {
  return `${source} ${version}`;
}

/** Whether every stack that requires the provider has it from an earlier `terraform init`. */
function isInstalled({ source, version }: ProviderContents, { contents }: Subject): boolean {
  const path = source.includes("/") ? source : `hashicorp/${source}`;
  const stacks = contents.filter(({ providers }) => providers.some((each) => each.source === source));
  return stacks.every(({ stack }) =>
    existsSync(join(stack.folder, ".terraform", "providers", "registry.terraform.io", path, version)),
  );
}

async function fetchFinding(provider: ProviderContents): Promise<Finding> {
  const folder = mkdtempSync(join(tmpdir(), "doctor-provider-"));
  try {
    const json = { terraform: { required_providers: { wanted: provider } } };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(json));
    const result = await terraform(folder, ["init", "-backend=false", "-input=false", "-no-color"], {
      timeLimitMs: 150_000,
    });
    if (result.status === 0) return ok(label(provider));
    return problem(
      `${label(provider)} cannot be had: ${reason(result.output)}`,
      `Let this machine reach registry.terraform.io, or name a mirror: ${installation}`,
    );
  } catch {
    // That there is no Terraform is said by its own check.
    return ok(`${label(provider)} is not looked for`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The part of Terraform's message that says why, without what the line says already. */
function reason(output: string): string {
  const sentences = output.replaceAll(/[│╷╵]/g, " ").replaceAll(/\s+/g, " ");
  const why =
    /available versions for provider [^:]+: (.+)$/.exec(sentences)?.[1] ??
    /Error: (.+)$/.exec(sentences)?.[1] ??
    sentences;
  return why.length > 160 ? `${why.slice(0, 160).trim()}…` : why.trim();
}
