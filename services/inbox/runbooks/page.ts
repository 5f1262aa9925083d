import { escapeHtml } from "../../platform/page/escape-html";
import type { Labels } from "../cards/subject";
import { isSafe } from "./placeholders";
import { renderRunbook } from "./render";
import type { Runbook, Runbooks } from "./runbooks";

/** A runbook's page, with its placeholders to be filled in. */
export function runbookPage(runbook: Runbook, runbooks: Runbooks, query: Labels): string {
  const given = runbook.placeholders
    .map((name): [string, string] => [name, Object.hasOwn(query, name) ? (query[name] ?? "").trim() : ""])
    .filter(([, value]) => value !== "");
  const values = Object.fromEntries(given.filter(([, value]) => isSafe(value)));
  const refused = given.filter(([, value]) => !isSafe(value)).map(([name]) => name);
  return page(runbook.name, [
    form(runbook, values, refused),
    `<article>${renderRunbook(runbook, { runbooks, values })}</article>`,
  ]);
}

/** The page of all runbooks. */
export function runbookIndex({ names }: Runbooks): string {
  return page("Runbooks", ["<h1>Runbooks</h1>", list(names)]);
}

/** The page for a name that no runbook has. */
export function unknownRunbook(name: string, { names }: Runbooks): string {
  return page("No such runbook", [
    "<h1>No such runbook</h1>",
    `<p>There is no runbook <q>${escapeHtml(name)}</q>. There are:</p>`,
    list(names),
  ]);
}

function form({ placeholders }: Runbook, values: Labels, refused: readonly string[]): string {
  if (placeholders.length === 0) return "";
  const fields = placeholders.map(
    (name) =>
      `<label>${name}<input name="${name}" value="${escapeHtml(values[name] ?? "")}" maxlength="200" ` +
      `autocomplete="off" spellcheck="false"></label>`,
  );
  const problem =
    refused.length === 0
      ? ""
      : `<p class="problem" role="alert">Not filled in: ${refused.join(", ")}. A command takes letters, digits ` +
        `and <code>. _ : / @ -</code> alone.</p>`;
  return `<form aria-label="Fill in">${fields.join("")}<button>Fill in</button></form>${problem}`;
}

function list(names: readonly string[]): string {
  if (names.length === 0) return "<p>This inbox has none.</p>";
  return `<ul class="runbooks">${names.map((name) => `<li><a href="${name}">${name}</a></li>`).join("")}</ul>`;
}

function page(title: string, body: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${escapeHtml(title)}: runbook</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="../design.css">
    <link rel="stylesheet" href="../runbook.css">
    <script src="../runbook.js" defer></script>
  </head>
  <body>
    <nav aria-label="Inbox"><a href="../">Inbox</a> <a href="./">All runbooks</a></nav>
    <main>
${body.join("\n")}
    </main>
  </body>
</html>
`;
}
