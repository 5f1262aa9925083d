import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ChangedThing } from "../changes/thing";
import type { ReadVersion } from "../../version/version";
import type { Reader } from "../impact";

/** Where texts of a project speak of its metrics, alerts and dashboards. What happened is told in the changelog. */
const places = ["docs", "README.md", "python", "go", "services"] as const;
const kinds = /\.(md|py|go|ts)$/;
/** What is written anew from the catalogue. */
const isMade = /^(python|go)\/|^docs\/metrics\.md$/;
/** Made of the comments of all that is exported, which name examples. */
const isOfComments = /^docs\/api\.md$/;

/** Texts of a version that name what is not there any more: documents, runbooks, code, generated modules. */
export function documentReaders(
  { folder }: Pick<ReadVersion, "folder">,
  things: readonly ChangedThing[],
): readonly { readonly reader: Reader; readonly thing: ChangedThing }[] {
  const named = new Map(things.flatMap((thing) => thing.words.map((word) => [word, thing] as const)));
  if (named.size === 0 || !existsSync(folder)) return [];
  const patterns = [...named.keys()].map((word) => {
    const escaped = word.replace(/[^\w]/g, "\\$&");
    return word.startsWith("/") ? escaped : `(?<![\\w:-])${escaped}`;
  });
  const wanted = new RegExp(`(?:${patterns.join("|")})(?![\\w:-])`, "g");
  return filesIn(folder).flatMap((file) =>
    readFileSync(join(folder, file), "utf8")
      .split("\n")
      .flatMap((line, index) =>
        [...new Set([...line.matchAll(wanted), ...runbookOf(file, index, named)].map(String))].flatMap(
          (word) => {
            const thing = named.get(word);
            return thing === undefined
              ? []
              : [{ thing, reader: readerOf(file, index + 1, line.trim().slice(0, 200)) }];
          },
        ),
      ),
  );
}

/** A runbook is of the alert whose name its file has. */
function runbookOf(file: string, line: number, named: ReadonlyMap<string, unknown>): readonly string[] {
  const alert = /^docs\/runbooks\/(\w+)\.md$/.exec(file)?.[1];
  return line === 0 && alert !== undefined && named.has(alert) ? [alert] : [];
}

function readerOf(file: string, line: number, text: string): Reader {
  const where = isMade.test(file)
    ? "module"
    : file.startsWith("docs/runbooks/")
      ? "runbook"
      : file.endsWith(".md")
        ? "document"
        : "code";
  const consequence =
    where === "module"
      ? "is not made anew: run `npm run update`, or make its module again"
      : "names what is not there";
  return { where, name: file, place: `${file}:${String(line)}`, text, consequence, verdict: "warn" };
}

function filesIn(folder: string): readonly string[] {
  return places.flatMap((place) => {
    const path = join(folder, place);
    if (!existsSync(path)) return [];
    if (!statSync(path).isDirectory()) return [place];
    return readdirSync(path, { recursive: true, encoding: "utf8" })
      .map((name) => join(path, name))
      .filter((file) => kinds.test(file) && statSync(file, { throwIfNoEntry: false })?.isFile() === true)
      .map((file) => file.slice(folder.length + 1))
      .filter((file) => !/(^|\/)(node_modules|dist)\//.test(file) && !isOfComments.test(file))
      .sort();
  });
}
