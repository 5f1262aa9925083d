import { createRequire } from "node:module";
import type { Tree } from "@lezer/common";
import type { LRParser } from "@lezer/lr";
import type { Problem } from "./problem";

/** What this uses of the package: its own types ask for those of a browser. */
interface Checker {
  analyze(): void;
  getDiagnostics(): readonly {
    readonly severity: string;
    readonly message: string;
    readonly from: number;
    readonly to: number;
  }[];
}
interface EditorModules {
  readonly parser: LRParser;
  /** What the function `pi` is called there. */
  readonly Pi: number;
  readonly getFunction: (id: number) => { returnType: string };
  readonly Parser: new (state: unknown) => Checker;
  readonly EditorState: { readonly create: (options: { readonly doc: string }) => unknown };
}

// The packages have CommonJS builds, but declare types for ES modules only. The checks' file alone is loaded: the
// package's entry brings the completion and its client.
const load = createRequire(__filename);
const { parser, Pi } = load("@prometheus-io/lezer-promql") as Pick<EditorModules, "parser" | "Pi">;
const { Parser } = load("@prometheus-io/codemirror-promql/dist/cjs/parser/parser.js") as Pick<
  EditorModules,
  "Parser"
>;
const { EditorState } = load("@codemirror/state") as Pick<EditorModules, "EditorState">;
const { getFunction } = load("@prometheus-io/codemirror-promql/dist/cjs/types/function.js") as Pick<
  EditorModules,
  "getFunction"
>;
// The editor takes it for a vector, Prometheus for the number that it is.
getFunction(Pi).returnType = "scalar";

/** The tree of a text by the grammar of Prometheus's editor. */
export function treeOf(text: string): Tree {
  return parser.parse(text);
}

/** What the type checks of Prometheus's editor find wrong. */
export function typeProblems(text: string, tree: Tree): Problem[] {
  const checker = new Parser(EditorState.create({ doc: text }));
  // The editor's own tree ends after 20 ms or 3,000 characters, to go on when someone scrolls there.
  Object.assign(checker, { tree });
  checker.analyze();
  return (
    checker
      .getDiagnostics()
      // Prometheus takes {__name__=~"a.*", __name__!="ab"}; what it does refuse of names, the conversion finds.
      .filter(
        ({ severity, message }) =>
          severity === "error" && !message.startsWith("metric name must not be set twice"),
      )
      .map(({ message, from, to }) => ({ message: inPrometheusWords(message), from, to }))
  );
}

/** The editor says `matrix` where Prometheus says `range vector`. */
function inPrometheusWords(message: string): string {
  return message
    .replace(/\b(expected type|got) vector\b/g, "$1 instant vector")
    .replace(/\b(expected type|got) matrix\b/g, "$1 range vector");
}
