import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProjectCopy } from "./project-copy";

/**
 * A step that a document tells its reader to take: what stands in the block of code after a comment
 * `<!-- step: FILE -->` (a new file), `<!-- step: FILE, after `TEXT` -->`, `before` or `in place of`, where the text
 * begins a line or is a part of one, and `\\n` in it ends one, `<!-- step: run -->`, or, before a block of commands of which
 * the last goes on, `<!-- step: keeps running -->`.
 */
export interface Step {
  /** What the comment says; of a block of commands with their output, ```` ```console ````, without one, `console`. */
  readonly what: string;
  readonly block: string;
}

const mark = /^( *)(?:<!-- step: (.+) -->\n(?: *<!-- .* -->\n)*\n? *```\w+|```console)\n([^]*?)^ *```$/gm;
/** Steps that write no file. */
const withoutFile = /^(?:run|console|keeps running)$/;

/**
 * The steps below a heading of a document.
 * @throws Error where there is none, or one whose file the reader is not told
 */
export function stepsBelow(heading: string, document: string): Step[] {
  const level = /^#+/.exec(heading)?.[0].length ?? 0;
  const [, section = ""] = document.split(`\n${heading}\n`);
  const end = new RegExp(`^#{1,${String(level)}} `, "m").exec(
    section.replace(/^ *```[^]*?^ *```$/gm, blanked),
  );
  const text = section.slice(0, end?.index);
  const steps = [...text.matchAll(mark)].map(([whole, indent = "", comment, block = ""]) => {
    const what = comment ?? "console";
    const [file = ""] = what.split(",");
    const told = text.slice(0, text.indexOf(whole)).replace(/<!-- .* -->/g, "");
    if (!withoutFile.test(what) && !told.includes(`\`${file}\``))
      throw new Error(`${heading}: nobody is told of ${file}.`);
    return { what, block: block.replace(new RegExp(`^${indent}`, "gm"), "") };
  });
  if (steps.length === 0) throw new Error(`There are no steps below "${heading}".`);
  return steps;
}

/** Code, in which a comment may look like a heading, as as many blanks. */
function blanked(code: string): string {
  return code.replace(/[^\n]/g, " ");
}

/** Takes a step in a copy of the project. */
export function take({ what, block }: Step, project: ProjectCopy): void {
  if (what === "run") {
    const { status, stderr } = project.run("sh", ["-ec", block]);
    if (status !== 0) throw new Error(`${block}: ${stderr}`);
    return;
  }
  const [, file = "", where, quoted = ""] =
    /^([^,]+)(?:, (after|before|in place of) `(.*)`)?$/.exec(what) ?? [];
  const path = join(project.folder, file);
  if (where === undefined) {
    if (existsSync(path)) throw new Error(`${file} is there already.`);
    writeFileSync(path, block);
    return;
  }
  const place = quoted.replaceAll("\\n", "\n");
  const text = readFileSync(path, "utf8");
  const at = text.indexOf(place);
  if (at === -1) throw new Error(`${file} does not hold ${place}.`);
  const start = text.lastIndexOf("\n", at) + 1;
  const end = text.indexOf("\n", at) + 1;
  const changed = {
    after: () => text.slice(0, end) + block + text.slice(end),
    before: () => text.slice(0, start) + block + text.slice(start),
    "in place of": () =>
      text.slice(0, at) + block.trimEnd().slice(countBlanks(block, place)) + text.slice(at + place.length),
  }[where as "after" | "before" | "in place of"]();
  writeFileSync(path, changed);
}

/** Blanks that a block begins with, and the text that it takes the place of does not: they are those of the line. */
function countBlanks(block: string, place: string): number {
  return place.startsWith(" ") ? 0 : (/^ */.exec(block)?.[0].length ?? 0);
}
