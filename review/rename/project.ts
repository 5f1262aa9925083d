import { spawnSync } from "node:child_process";
import { lstatSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RenameError } from "./names";
import type { FileChange, SourceFile } from "./plan";

/** Kinds of files that people write names into. */
const written = /\.(?:[cm]?[jt]sx?|py|go|md|ya?ml|json|html|css|sh|txt|toml|diff)$/;
/** What is no text of the project's own. */
const notWritten = /(?:^|\/)(?:package-lock\.json|go\.sum)$|^docs\/pictures\//;

/** The files of a project that git knows, or would, and that people write names into. @throws RenameError without git */
export function sourceFiles(root: string): readonly SourceFile[] {
  const listed = git(root, ["ls-files", "--cached", "--others", "--exclude-standard", "-z"]);
  return [...new Set(listed.split("\0"))]
    .filter((path) => written.test(path) && !notWritten.test(path) && isFile(join(root, path)))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** What is changed in the work tree and not committed, a line each. @throws RenameError without git */
export function uncommitted(root: string): readonly string[] {
  return git(root, ["status", "--porcelain"])
    .split("\n")
    .filter((line) => line !== "");
}

/**
 * Writes the changes, and has the project make of them what it makes: form, documents, snapshots, modules.
 * @throws RenameError when something cannot be made: every file is then as it was
 */
export function applyChanges(root: string, changes: readonly FileChange[]): void {
  try {
    for (const { path, changed } of changes) writeFileSync(join(root, path), changed);
    run(root, "prettier", [
      "--write",
      "--ignore-unknown",
      "--log-level",
      "warn",
      ...changes.map(({ path }) => path),
    ]);
    run(root, "tsx", ["commands/update.ts"]);
  } catch (error) {
    for (const { path, text } of changes) writeFileSync(join(root, path), text);
    throw error;
  }
}

function run(root: string, program: string, args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(join(root, "node_modules/.bin", program), args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  if (status === 0) return;
  const said = (stderr || stdout || error?.message || "").trim();
  throw new RenameError(
    `Nothing is changed: with the new name, ${program} ${args[0] ?? ""} ends with status ${String(status)}:\n${said}`,
  );
}

function git(root: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("git", args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  if (status === 0) return stdout;
  throw new RenameError(
    `git cannot be asked for the project's files (${stderr.trim() || "it is not installed"}): a renaming touches many, and is undone with git.`,
  );
}

function isFile(path: string): boolean {
  try {
    return lstatSync(path).isFile();
  } catch {
    return false;
  }
}
