import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";

const folder = resolve(__dirname, "../../constructs");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith(".ts"),
);

/** Names by which the variants of a type are told apart: their values say all. */
const discriminants = ["kind", "protocol"];

function has(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind)
  );
}

/** What is public in a file and has no docstring: exported types, their properties, the public fields of classes. */
function undocumented(text: string): string[] {
  const file = ts.createSourceFile("file.ts", text, ts.ScriptTarget.ES2022, true);
  const exported = file.statements.filter(
    (node): node is ts.InterfaceDeclaration | ts.ClassDeclaration =>
      (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) &&
      has(node, ts.SyntaxKind.ExportKeyword),
  );
  return exported.flatMap((node) => {
    const members = [...node.members].filter(
      (member) =>
        (ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)) &&
        !has(member, ts.SyntaxKind.PrivateKeyword) &&
        !discriminants.includes(member.name.getText()),
    );
    return [node, ...members]
      .filter((each) => ts.getJSDocCommentsAndTags(each).length === 0)
      .map((each) => [node.name?.text, each === node ? "" : each.name?.getText()].join("."));
  });
}

it.each(files)("constructs/%s says of everything public what it is", (path) => {
  expect(undocumented(readFileSync(join(folder, path), "utf8"))).toEqual([]);
});

/** Optional properties of exported interfaces that do not say by `@default` what holds without them. */
function withoutDefault(text: string): string[] {
  const file = ts.createSourceFile("file.ts", text, ts.ScriptTarget.ES2022, true);
  return file.statements
    .filter(ts.isInterfaceDeclaration)
    .filter((node) => has(node, ts.SyntaxKind.ExportKeyword))
    .flatMap(({ name, members }) =>
      members
        .filter(ts.isPropertySignature)
        .filter((member) => member.questionToken !== undefined)
        .filter((member) => ts.getJSDocTags(member).every(({ tagName }) => tagName.text !== "default"))
        .map((member) => `${name.text}.${member.name.getText()}`),
    );
}

it.each(files)("constructs/%s says of everything optional what holds without it", (path) => {
  expect(withoutDefault(readFileSync(join(folder, path), "utf8"))).toEqual([]);
});

it("notices what has no docstring", () => {
  const text = [
    "export interface A {",
    "  readonly b: string;",
    "  /** C. */",
    "  readonly c: string;",
    "}",
    "/** D. */",
    "export class D { e = 1; private f = 2 }",
  ].join("\n");
  expect(undocumented(text)).toEqual(["A.", "A.b", "D.e"]);
});

it("notices what has no default", () => {
  const text = [
    "export interface A {",
    "  /** B. Default: none. */",
    "  readonly b?: string;",
    "  /**",
    "   * C.",
    "   * @default - none",
    "   */",
    "  readonly c?: string;",
    "  /** D. */",
    "  readonly d: string;",
    "}",
  ].join("\n");
  expect(withoutDefault(text)).toEqual(["A.b"]);
});
