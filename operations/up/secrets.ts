import { randomBytes } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { CommandError } from "../terminal/command";
import type { VariableContents } from "../terraform/stack-contents";
import { commandLine } from "./command-line";

/** The secrets of an environment that needs no account: a file on this machine that only its owner can read. */
export class LocalSecrets {
  private readonly stored: Readonly<Record<string, string>>;

  /**
   * @param file in a folder of its own, e.g. `.secrets/local.json`; it need not be there yet
   * @param environment whose secrets they are
   * @throws CommandError when others can read the file, or it does not hold what it should
   */
  constructor(
    readonly file: string,
    environment: string,
  ) {
    this.stored = existsSync(file) ? readSecrets(file, environment) : {};
  }

  /**
   * Secrets for the variables that the user has not set in `env`: those of the file, and new ones of 256 random bits,
   * of characters that need no escaping in a URL, where it has none. Addresses (`..._url`) cannot be made up, and are
   * left out.
   */
  valuesFor(variables: readonly VariableContents[], env: NodeJS.ProcessEnv): Record<string, string> {
    const wanted = variables
      .map(({ name }) => name)
      .filter((name) => (env[`TF_VAR_${name}`] ?? "") === "" && !name.endsWith("_url"));
    return Object.fromEntries(
      wanted.map((name) => [name, this.stored[name] ?? randomBytes(32).toString("base64url")]),
    );
  }

  /** A secret of the file, if it has it. */
  get(name: string): string | undefined {
    return this.stored[name];
  }

  /** Adds those of the secrets to the file that are not there yet. Nothing is half-written. */
  keep(secrets: Readonly<Record<string, string>>): void {
    if (Object.keys(secrets).every((name) => Object.hasOwn(this.stored, name))) return;
    const all = { ...this.stored, ...secrets };
    const folder = dirname(this.file);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    const temporary = `${this.file}.${String(process.pid)}`;
    try {
      // `wx`: into no file and through no link that somebody else has put there.
      writeFileSync(temporary, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600, flag: "wx" });
      renameSync(temporary, this.file);
    } finally {
      rmSync(temporary, { force: true });
    }
  }
}

/** Secrets as Terraform takes them from its environment. */
export function asVariables(secrets: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`TF_VAR_${name}`, value]));
}

function readSecrets(file: string, environment: string): Record<string, string> {
  const startOver = commandLine("down", environment, "--volumes");
  for (const [path, mode] of [
    [dirname(file), "700"],
    [file, "600"],
  ] as const) {
    const { mode: found, uid } = statSync(path);
    if ((found & 0o077) !== 0) {
      throw new CommandError(
        `${path} holds secrets, and others than its owner can read it (mode ${(found & 0o777).toString(8)}).\n` +
          `Take that away: chmod ${mode} ${path}. If others may have read them: delete it, and ${startOver}.`,
      );
    }
    if (process.getuid && uid !== process.getuid()) {
      throw new CommandError(
        `${path} holds your secrets but belongs to the user with the id ${String(uid)}.`,
      );
    }
  }
  const secrets = parse(readFileSync(file, "utf8"));
  if (secrets) return secrets;
  // No part of the text, which may be a secret.
  throw new CommandError(
    `${file} must hold one JSON object of texts. Mend it, or delete it and ${startOver}.`,
  );
}

function parse(text: string): Record<string, string> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    const isRecord = typeof json === "object" && json !== null && !Array.isArray(json);
    if (!isRecord || !Object.values(json).every((value) => typeof value === "string" && value !== "")) {
      return undefined;
    }
    return json as Record<string, string>;
  } catch {
    return undefined;
  }
}
