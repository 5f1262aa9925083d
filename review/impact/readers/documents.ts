import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ChangedThing } from "../changes/thing";
import type { ReadVersion } from "../../version/version";
import type { Reader } from "../impact";

/** Where texts of a project speak of its metrics, alerts and dashboards. What happened is told in the changelog. */
const places = [
  "docs",
  "README.md",
  "python",
  "go",
  "services",
  "shop",
  "environments",
  "alerts",
  "dashboards",
] as const;
const kinds = /\.(md|py|go|ts)$/;
/** What is written anew from the catalogue. */
const isMade = /^(python|go)\/|^docs\/metrics\.md$/;
/** Made of the comments of all that is exported, which name examples. */
const isOfComments = /^docs\/api\.md$/;

/**
 * Texts of a version that name what is not there any more: documents, runbooks, code, generated modules. What the project still
 * defines, and this environment alone has no more, may be named.
 */
export function documentReaders(
  { folder }: Pick<ReadVersion, "folder">,
  things: readonly ChangedThing[],
): readonly { readonly reader: Reader; readonly thing: ChangedThing }[] {
  if (!existsSync(folder) || things.every(({ words, quoted = [] }) => words.length + quoted.length === 0))
    return [];
  const texts = filesIn(folder).map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));
  const isDefined = definedIn(folder, texts);
  const gone = things.filter(({ words }) => !words.some(isDefined));
  const named = new Map([
    ...gone.flatMap((thing) => thing.words.map((word) => [word, thing] as const)),
    ...gone.flatMap((thing) => (thing.quoted ?? []).map((word) => [`"${word}"`, thing] as const)),
  ]);
  if (named.size === 0) return [];
  const patterns = [...named.keys()].map((word) => {
    const escaped = word.replace(/[^\w]/g, "\\$&");
    return /^[/"]/.test(word) ? escaped : `(?<![\\w:-])${escaped}`;
  });
  const wanted = new RegExp(`(?:${patterns.join("|")})(?![\\w:-])`, "g");
  return texts.flatMap(({ file, text }) =>
    text.split("\n").flatMap((line, index) =>
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

interface TextFile {
  readonly file: string;
  readonly text: string;
}

const definition =
  /\b(?:(?:counter|gauge|histogram|summary)\w*\(\s*"([\w:]+)"|(?:alert|record):\s*"([\w:]+)",\s*expr\b)/g;

/** Which metrics, alerts and recorded names code defines, in whatever environment they are there. */
function definedIn(folder: string, texts: readonly TextFile[]): (name: string) => boolean {
  const catalogue = textsIn(folder, "metrics").map((file) => readFileSync(join(folder, file), "utf8"));
  const code = texts.filter(({ file }) => file.endsWith(".ts")).map(({ text }) => text);
  const defined = new Set(
    [...catalogue, ...code].flatMap((text) =>
      [...text.matchAll(definition)].map(([, metric, rule]) => metric ?? rule),
    ),
  );
  return (name) => defined.has(name);
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
  return places.flatMap((place) => textsIn(folder, place));
}

function textsIn(folder: string, place: string): readonly string[] {
  const path = join(folder, place);
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [place];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .map((name) => join(path, name))
    .filter((file) => kinds.test(file) && statSync(file, { throwIfNoEntry: false })?.isFile() === true)
    .map((file) => file.slice(folder.length + 1))
    .filter((file) => !/(^|\/)(node_modules|dist)\//.test(file) && !isOfComments.test(file))
    .sort();
}
