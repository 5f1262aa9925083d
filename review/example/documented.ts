import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashOf } from "../../preview/pictures/manifest";
import { projectFolder } from "../version/checkout";
import { diffOf, exampleChanges, place } from "./changes";

/** Where the pictures of the pages are, with the list of what each was drawn of. */
export const picturesPlace = "docs/pictures/review";
/** What makes them anew. */
export const picturesCommand = "npm run review:pictures";

/** What a picture of an example was drawn of, and the PNG itself, each named by its contents. */
export interface DrawnExample {
  readonly change: string;
  readonly png: string;
}

/** @param png the picture's bytes */
export function drawnExample(change: string, png: Buffer, project: string): DrawnExample {
  return { change: hashOf(diffOf(change, project)), png: hashOf(png) };
}

const manifestPath = (project: string) => join(project, picturesPlace, "manifest.json");

/** What the pictures were drawn of, by the change's name. */
export function readManifest(project = projectFolder): Readonly<Record<string, DrawnExample>> {
  const file = manifestPath(project);
  if (!existsSync(file)) return {};
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, DrawnExample>;
}

export function writeManifest(drawn: Readonly<Record<string, DrawnExample>>, project = projectFolder): void {
  const sorted = Object.fromEntries(Object.entries(drawn).sort(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(manifestPath(project), `${JSON.stringify(sorted, null, 2)}\n`);
}

/** The file with what the review says of a change, as far as the documents quote it: a line for each part. */
export function saidPath(change: string): string {
  return `${place}/${change}.txt`;
}

/** What is quoted of the review of a change: `title: sentence`. */
export function saidOf(change: string, project: string): readonly string[] {
  const path = saidPath(change);
  if (!existsSync(join(project, path))) {
    throw new Error(`${path} is missing: \`${picturesCommand} -- ${change}\` writes it.`);
  }
  return readFileSync(join(project, path), "utf8").trim().split("\n");
}

/** The parts of docs/review.md that are made: the diff of each example, and what the review says of it. */
export function exampleParts(project: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    exampleChanges(project).map((change) => {
      const said = saidOf(change, project).map((line) => line.replace(/^([^:]+:) /, "> **$1** "));
      const parts = [
        `\`\`\`diff\n${diffOf(change, project).trim()}\n\`\`\``,
        `\`npm run review -- --example ${change}\` says:`,
        said.join("\n>\n"),
      ];
      return [change, parts.join("\n\n")];
    }),
  );
}
