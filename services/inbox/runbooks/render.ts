import MarkdownIt from "markdown-it";
import { escapeHtml } from "../../platform/page/escape-html";
import type { Labels } from "../cards/subject";
import { partsOf } from "./placeholders";
import { queryOf, type Runbook, type Runbooks } from "./runbooks";

/** Beside the runbook's text. */
export interface Rendering {
  /** Those that it may link to. */
  readonly runbooks: Runbooks;
  /** Fill in its placeholders; each must be safe to stand in a command. */
  readonly values: Labels;
}

/** A runbook as HTML, in which no HTML of its text is left. */
export function renderRunbook({ text }: Runbook, rendering: Rendering): string {
  return markdownFor(rendering).render(text);
}

function markdownFor({ runbooks, values }: Rendering): MarkdownIt.MarkdownIt {
  // What is in angle brackets is text.
  const markdown = new MarkdownIt({ html: false });
  const { rules } = markdown.renderer;
  const hrefOf = (runbook: Runbook) => `${runbook.name}${queryOf(runbook, values)}`;

  rules.text = (tokens, index) => filled(tokens[index]?.content ?? "", values);
  rules.code_inline = (tokens, index) => {
    const content = tokens[index]?.content ?? "";
    const code = `<code>${filled(content, values)}</code>`;
    const runbook = runbooks.get(content);
    return runbook ? `<a href="${escapeHtml(hrefOf(runbook))}">${code}</a>` : code;
  };
  // It scrolls, so that the keyboard must reach it.
  rules.fence = (tokens, index) =>
    `<pre tabindex="0"><code>${filled(tokens[index]?.content ?? "", values)}</code></pre>\n`;

  // Of other documents the inbox has none: such a link leads nowhere, and its words stay.
  markdown.core.ruler.push("links", ({ tokens }) => {
    for (const { children } of tokens) {
      let isHidden = false;
      for (const token of children ?? []) {
        if (token.type === "link_close") token.hidden = isHidden;
        if (token.type !== "link_open") continue;
        const href = String(token.attrGet("href") ?? "");
        const runbook = runbooks.get(href.replace(/^\.\//, "").replace(/\.md(?:#.*)?$/, ""));
        const isWeb = /^https?:\/\//i.test(href);
        isHidden = !runbook && !isWeb;
        token.hidden = isHidden;
        if (runbook) token.attrSet("href", hrefOf(runbook));
        if (isWeb) token.attrSet("rel", "noopener noreferrer");
      }
    }
  });
  return markdown;
}

/** A text with its placeholders filled in, and those marked that are still open. */
function filled(text: string, values: Labels): string {
  return partsOf(text, values)
    .map((part) => {
      if (typeof part === "string") return escapeHtml(part);
      const { name, value } = part;
      return value === undefined
        ? `<mark class="open">&lt;${name}&gt;</mark>`
        : `<mark>${escapeHtml(value)}</mark>`;
    })
    .join("");
}
