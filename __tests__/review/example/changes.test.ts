import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { applyChange, diffOf, exampleChanges, readersOfOthers } from "../../../review/example/changes";
import {
  drawnExample,
  exampleParts,
  picturesCommand,
  picturesPlace,
  readManifest,
  saidOf,
} from "../../../review/example/documented";
import { shownExamples } from "../../../review/example/shots";
import { temporaryFolder } from "../../support/temporary-folder";

const root = resolve(__dirname, "../../..");
const makeFolder = temporaryFolder();
const changes = exampleChanges();

/** The files that a change is made to: those that are there, and those that it adds. */
function filesOf(change: string) {
  const diff = diffOf(change);
  const all = [...diff.matchAll(/^\+\+\+ b\/(.+)$/gm)].map(([, file = ""]) => file);
  const added = [...diff.matchAll(/^--- \/dev\/null\n\+\+\+ b\/(.+)$/gm)].map(([, file = ""]) => file);
  return { all, changed: all.filter((file) => !added.includes(file)) };
}

/** A folder with the files that a change is made to, as they are here. */
function folderFor(change: string): string {
  const folder = makeFolder();
  for (const file of filesOf(change).changed) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  return folder;
}

it("there are the five that docs/review.md shows", () => {
  expect(changes).toEqual(["mistake", "panel", "rename", "route", "threshold"]);
  expect(Object.keys(shownExamples).sort()).toEqual(changes);
  expect(Object.keys(exampleParts(root))).toEqual(changes);
  expect(readersOfOthers()).toEqual([join(root, "examples/review/theirs")]);
});

describe.each(changes)("the example %s", (change) => {
  it("says what to do where the files are others, and changes none", () => {
    const folder = folderFor(change);
    const { changed } = filesOf(change);
    const last = join(folder, changed.at(-1) ?? "");
    writeFileSync(last, "// Another file.\n");
    expect(() => {
      applyChange(change, folder);
    }).toThrow(`examples/review/${change}.diff cannot be applied any more:`);
    const isAsItWas = (file: string) =>
      readFileSync(join(folder, file), "utf8") === readFileSync(join(root, file), "utf8");
    expect(changed.slice(0, -1).filter((file) => !isAsItWas(file))).toEqual([]);
    expect(readFileSync(last, "utf8")).toBe("// Another file.\n");
  });

  it("has a picture in the document that was drawn of it", () => {
    const png = readFileSync(join(root, picturesPlace, `${change}.png`));
    const why = `${picturesPlace}/${change}.png is old: run ${picturesCommand} -- ${change}`;
    const drawn = readManifest()[change];
    expect(drawn === undefined ? why : drawn).toEqual(drawnExample(change, png, root));
    expect(statSync(join(root, picturesPlace, `${change}.png`)).size).toBeLessThan(300_000);
    expect(readFileSync(join(root, "docs/review.md"), "utf8")).toMatch(
      new RegExp(`!\\[[^\\]]{40,}\\]\\(pictures/review/${change}\\.png\\)`),
    );
  });

  it("has what the review says of it, a sentence for each part", () => {
    expect(saidOf(change, root).length).toBe(shownExamples[change]?.says.length);
    expect(saidOf(change, root).filter((line) => !/^[A-Z][\w ]+: [A-Z0-9].*\.$/.test(line))).toEqual([]);
  });
});

it("an example of which nothing was said names what writes it", () => {
  expect(() => saidOf("threshold", makeFolder())).toThrow("`npm run review:pictures -- threshold` writes it");
});
