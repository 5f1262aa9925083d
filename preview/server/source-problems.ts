import type { BuildFailure } from "esbuild";

/** What is no TypeScript, or imports a name or file that is not there, a line each. */
export function buildProblem(error: unknown): string {
  const { errors } = error as Partial<BuildFailure>;
  if (!Array.isArray(errors)) return error instanceof Error ? error.message : String(error);
  const lines = errors.map(({ text, location }) =>
    // esbuild counts columns from 0, editors from 1.
    location ? `${location.file}:${String(location.line)}:${String(location.column + 1)}: ${text}` : text,
  );
  return lines.join("\n");
}

/** Paths as they are from a project's folder, and no frames of what is not the project's. */
export function near(text: string, folder: string): string {
  return text
    .split("\n")
    .filter((line) => !/^ +at .*(node:|node_modules\/)/.test(line))
    .join("\n")
    .replaceAll(`file://${folder}/`, "")
    .replaceAll(`${folder}/`, "");
}
