import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { arch, homedir, platform, tmpdir } from "node:os";
import { join } from "node:path";

/** The AWS provider that this machine can get. */
export interface AwsProviderPlugin {
  readonly version: string;
  /** File for `TF_CLI_CONFIG_FILE`: Terraform takes the provider from a folder and asks no registry. */
  readonly cliConfigFile: string;
  /** Where the provider comes from, and whether it is the pinned one. */
  readonly note: string;
  /** Removes what was written for it. */
  readonly remove: () => void;
}

const source = join("registry.terraform.io", "hashicorp", "aws");

/**
 * The pinned AWS provider from the registry; where that is not reached, the newest one in a folder of plugins.
 * @returns a sentence that says what to do where there is neither
 */
export function findAwsProvider(pinned: string): AwsProviderPlugin | string {
  const folder = mkdtempSync(join(tmpdir(), "aws-provider-"));
  const remove = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  const downloads = download(folder, pinned);
  if (downloads !== undefined) {
    const note = `AWS provider ${pinned}, as pinned, from the registry`;
    return { version: pinned, cliConfigFile: writeConfig(folder, downloads), note, remove };
  }
  const local = mirrors()
    .flatMap((mirror) => versionsIn(mirror).map((version) => ({ mirror, version })))
    .sort((a, b) => b.version.localeCompare(a.version, "en", { numeric: true }));
  const found = local.find(({ version }) => version === pinned) ?? local[0];
  if (found) {
    const { mirror, version } = found;
    const instead = version === pinned ? "as pinned" : `INSTEAD OF THE PINNED ${pinned}`;
    const note = `AWS provider ${version} from ${mirror}, ${instead}: no provider registry is reached`;
    return { version, cliConfigFile: writeConfig(folder, mirror), note, remove };
  }
  remove();
  return (
    `The AWS provider ${pinned} cannot be had: no provider registry is reached. Put it into a folder as ` +
    `${source}/<version>/${target()}/ and name the folder in TF_PLUGIN_MIRROR.`
  );
}

/** Terraform's name for this machine, such as `linux_amd64`. */
function target(): string {
  return `${platform() === "win32" ? "windows" : platform()}_${arch() === "x64" ? "amd64" : arch()}`;
}

function download(folder: string, version: string): string | undefined {
  const cache = join(folder, "downloads");
  const run = join(folder, "run");
  mkdirSync(cache);
  mkdirSync(run);
  const needed = { terraform: { required_providers: { aws: { source: "hashicorp/aws", version } } } };
  writeFileSync(join(run, "main.tf.json"), JSON.stringify(needed));
  const { TF_CLI_CONFIG_FILE: config, ...env } = process.env;
  const { status } = spawnSync("terraform", ["init", "-backend=false", "-input=false"], {
    cwd: run,
    timeout: 300_000,
    env: {
      ...env,
      ...(config !== undefined && existsSync(config) ? { TF_CLI_CONFIG_FILE: config } : {}),
      TF_PLUGIN_CACHE_DIR: cache,
      CHECKPOINT_DISABLE: "1",
    },
  });
  return status === 0 ? (versionsIn(cache).includes(version) ? cache : undefined) : undefined;
}

/** The folders in which Terraform itself looks for plugins, and those that the user names. */
function mirrors(): string[] {
  const { TF_PLUGIN_MIRROR, TF_CLI_CONFIG_FILE, XDG_DATA_HOME } = process.env;
  const config = TF_CLI_CONFIG_FILE ?? join(homedir(), ".terraformrc");
  const configured = existsSync(config)
    ? [...readFileSync(config, "utf8").matchAll(/^\s*path\s*=\s*"([^"]+)"/gm)].flatMap(
        ([, path]) => path ?? [],
      )
    : [];
  return [
    ...(TF_PLUGIN_MIRROR === undefined ? [] : [TF_PLUGIN_MIRROR]),
    ...configured,
    join(homedir(), ".terraform.d", "plugins"),
    join(XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "terraform", "plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
  ];
}

function versionsIn(mirror: string): string[] {
  const folder = join(mirror, source);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((version) => existsSync(join(folder, version, target())));
}

function writeConfig(folder: string, mirror: string): string {
  const file = join(folder, "terraform.rc");
  const path = JSON.stringify(mirror);
  writeFileSync(file, `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\n`);
  return file;
}
