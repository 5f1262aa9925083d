import type { GeneratedFile } from "../generated-file";
import { apiEntry } from "./api-entry";
import { keptText } from "./api-kept";
import { readExports } from "./api-modules";
import { parts, subpathOf } from "./entry-points";

const head = `# What the package exports

Each module that can be imported, as \`microservices-monitoring/<module>\`, with the signature and docstring of all that it exports. Made of the docstrings by \`npm run update\`. A type that is too long to be read is left out.`;

/** Where the reference is. */
export const referencePath = "docs/api.md";

/**
 * The reference of the package. It takes ten seconds where its sources changed, so that a command alone makes it, and no
 * unit test.
 */
export async function packageReference(root: string): Promise<GeneratedFile> {
  const text = await keptText(root, () => makeDocument(root));
  return { path: referencePath, make: () => text };
}

async function makeDocument(root: string): Promise<string> {
  const { byModule, kinds } = await readExports(root);
  const contents = parts.map(({ title, modules }) => `- ${title}: ${modules.map(linkTo).join(", ")}`);
  const sections = parts.map(({ title, modules }) => {
    const texts = modules.map(subpathOf).map((path) => {
      const entries = (byModule.get(path) ?? []).map((exported) => apiEntry(exported, kinds));
      return [`### ${path}`, ...entries].join("\n\n");
    });
    return [`## ${title}`, ...texts].join("\n\n");
  });
  return `${[head, contents.join("\n"), ...sections].join("\n\n")}\n`;
}

function linkTo(module: string): string {
  const path = subpathOf(module);
  return `[\`${path}\`](#${path.replace(/[^\w-]/g, "")})`;
}
