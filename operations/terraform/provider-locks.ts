import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { CommandError } from "../terminal/command";

/** A provider as a stack requires it. */
interface Required {
  readonly source: string;
  readonly version: string;
}

/** The providers that a stack requires, by their names there. */
export type RequiredProviders = Readonly<Record<string, Required>>;

/** Terraform's own name for a lock file, in the folder where it runs. */
export const lockFileName = ".terraform.lock.hcl";
/** Where the lock files are kept, from the project's folder. */
export const locksFolder = "providers/locks";

/** The providers that the stack in a folder requires. */
export function requiredProvidersOf(folder: string): RequiredProviders {
  const json = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as {
    terraform?: { required_providers?: RequiredProviders };
  };
  return json.terraform?.required_providers ?? {};
}

/** Name of the file with the checksums of providers: stacks with the same providers share it. */
export function keptLockName(providers: RequiredProviders): string {
  return `${Object.keys(providers).sort().join("-")}.lock.hcl`;
}

/** The checksums of the providers of one stack: kept in the repository, and laid beside the stack for Terraform. */
export class ProviderLock {
  /** File in the repository, from the folder in which the command runs. */
  readonly kept: string;
  private readonly beside: string;
  private readonly isEmpty: boolean;
  private readonly providers: RequiredProviders;

  /** @param folder of a synthesized stack, three levels below the project's */
  constructor(folder: string) {
    this.providers = requiredProvidersOf(folder);
    this.isEmpty = Object.keys(this.providers).length === 0;
    this.kept = join(folder, "../../..", locksFolder, keptLockName(this.providers));
    this.beside = join(folder, lockFileName);
  }

  /**
   * Lays the kept file beside the stack.
   * @returns what `terraform init` is told of it
   * @throws CommandError where it is of other versions than the stack requires
   */
  lay(): readonly string[] {
    if (this.isEmpty || !existsSync(this.kept)) return [];
    const locked = lockedVersions(readFileSync(this.kept, "utf8"));
    const others = Object.values(this.providers).filter(
      ({ source, version }) => /^\d/.test(version) && locked.get(fullSource(source)) !== version,
    );
    if (others.length > 0) {
      const lines = others.map(
        ({ source, version }) =>
          `  ${source}: the stack wants ${version}, the file has ${locked.get(fullSource(source)) ?? "none"}`,
      );
      throw new CommandError(
        `${this.kept} is not of the providers that the stack requires:\n${lines.join("\n")}\n` +
          "npm run lock writes it anew; read the difference before you commit it.",
      );
    }
    copyFileSync(this.kept, this.beside);
    return ["-lockfile=readonly"];
  }

  /**
   * Keeps what a first `terraform init` has written.
   * @returns what is to be done with it, for people; nothing where it was kept before
   */
  keep(): string | undefined {
    if (this.isEmpty || existsSync(this.kept) || !existsSync(this.beside)) return undefined;
    keepLock(this.beside, this.kept);
    return (
      `Wrote ${this.kept}, the checksums of the providers. Commit it: from now on other programs of these names are refused. ` +
      "npm run lock adds those of other platforms."
    );
  }

  /** What it means that `terraform init` failed, where that is about the checksums; otherwise nothing. */
  explain(said: string): string | undefined {
    if (!/checksums/.test(said) || !existsSync(this.kept)) return undefined;
    return (
      `\n${this.kept} has the checksums of the providers that were reviewed, and what Terraform was given is none of them.\n` +
      "Either it was changed on its way: find out where it comes from (a mirror, a cache), and do not use it.\n" +
      "Or the file lacks this platform: npm run lock on a machine that reaches the registry adds it; commit the difference."
    );
  }
}

/** Puts a lock file in the place of the kept one, whole. */
export function keepLock(from: string, kept: string): void {
  mkdirSync(dirname(kept), { recursive: true });
  const temporary = `${kept}.${String(process.pid)}`;
  try {
    copyFileSync(from, temporary);
    renameSync(temporary, kept);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** The version of each provider in a lock file, by its full address. */
export function lockedVersions(text: string): Map<string, string> {
  const blocks = text.matchAll(/^provider "([^"]+)" \{\n([^}]*)^\}/gm);
  return new Map(
    [...blocks].map(([, source = "", body = ""]) => [
      source,
      /^\s*version\s*=\s*"([^"]+)"/m.exec(body)?.[1] ?? "",
    ]),
  );
}

/** A source as a lock file writes it: `registry.terraform.io/hashicorp/aws` for `aws` and `hashicorp/aws`. */
export function fullSource(source: string): string {
  const parts = source.split("/");
  if (parts.length === 3) return source;
  return `registry.terraform.io/${parts.length === 1 ? `hashicorp/${source}` : source}`;
}
