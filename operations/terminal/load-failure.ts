/**
 * Every command imports this file first: what it imports after it may be a file of an environment with a mistake in its
 * code, and that is told like any other mistake, by its place and without a stack.
 */
process.once("uncaughtException", tell);
// All files are read in one go; what fails later is the command's own.
setImmediate(() => process.off("uncaughtException", tell));

/**
 * What a command imports later, only where it needs it. A mistake there is told in the same way.
 * @param file the import that was begun
 */
export async function importedLater<T>(file: Promise<T>): Promise<T> {
  return file.catch((error: unknown) => tell(error as Error));
}

function tell(error: Error): never {
  process.stderr.write(`${loadFailureMessage(error, process.cwd())}\n`);
  process.exit(1);
}

/**
 * Where a file could not be read or run, and why, one line each: `environments/qa.ts:12:3: Expected "}" …`.
 * @param folder from which paths are named
 */
export function loadFailureMessage(error: Error, folder: string): string {
  const near = (text: string) => text.replaceAll(`file://${folder}/`, "").replaceAll(`${folder}/`, "");
  if (error.name === "TransformError") {
    const [, ...lines] = near(error.message).split("\n");
    return (
      lines
        .filter((line) => line.trim() !== "")
        // esbuild counts columns from 0, editors from 1.
        .map((line) =>
          line.replace(/:(\d+): ERROR: /, (_, column: string) => `:${String(Number(column) + 1)}: `),
        )
        .join("\n")
    );
  }
  const [message = ""] = error.message.split("\n");
  const [, importer] = /Require stack:\n- (.+)/.exec(error.message) ?? [];
  if (importer !== undefined) return `${near(importer)}: ${message}`;
  const place = near(error.stack ?? "")
    .split("\n")
    .map((line) => /^ +at (?:.*\()?((?!node:)[^():]+:\d+:\d+)\)?$/.exec(line)?.[1])
    .find((each) => each !== undefined && !each.includes("node_modules"));
  return place === undefined ? (error.stack ?? message) : `${place}: ${error.name}: ${message}`;
}
