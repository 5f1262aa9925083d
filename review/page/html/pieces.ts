import { html, Html } from "../../../services/platform/page/html";
import type { Change } from "../data/alerts";
import { stateInWords, type State } from "../verdicts";

/** A heading of a table's column; `number`: its cells are aligned to the right. */
export interface Column {
  readonly heading: string;
  readonly kind?: "number";
}

export type Cell = string | number | Html | undefined;

/** A table that scrolls inside itself where it is wider than the page. The first cell of a row is its heading. */
export function table(
  label: string,
  columns: readonly (string | Column)[],
  rows: readonly (readonly Cell[])[],
): Html {
  const all = columns.map((column) => (typeof column === "string" ? { heading: column } : column));
  const classOf = (index: number) => (all[index]?.kind === "number" ? html`class="number"` : undefined);
  return scrolling(
    label,
    html`<table>
      <thead>
        <tr>
          ${all.map(({ heading }, index) => html`<th scope="col" ${classOf(index)}>${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, index) =>
                index === 0 ? html`<th scope="row">${cell}</th>` : html`<td ${classOf(index)}>${cell}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
}

/** What scrolls sideways, by keys too. */
export function scrolling(label: string, content: Html): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}">${content}</div>`;
}

/** What is folded until it is asked for. */
export function folded(summary: string | Html, content: Html, isOpen = false): Html {
  return html`<details ${isOpen ? new Html("open") : undefined}>
    <summary>${summary}</summary>
    ${content}
  </details>`;
}

/** A sentence in which a command of npm between backticks is code. Texts of others in it stay as they are. */
export function withCode(sentence: string): Html {
  const parts = sentence.split(/`(npm [^`]+)`/);
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))}`;
}

export function bullets(sentences: readonly (string | Html)[], name = "notes"): Html | undefined {
  return sentences.length === 0
    ? undefined
    : html`<ul class="${name}">
        ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>`;
}

const signs: Readonly<Record<Change, string>> = {
  new: "+ new",
  gone: "− gone",
  changed: "≠ changed",
  same: "= same",
};

export function changeSign(change: Change): Html {
  return html`<span class="sign" data-change="${change}">${signs[change]}</span>`;
}

export function stateSign(state: State): Html {
  return html`<strong class="sign" data-state="${state}">${stateInWords[state]}</strong>`;
}

export function severitySign(severity: string): Html {
  const sign = severity === "critical" ? "▲ " : severity === "warning" ? "△ " : "";
  return html`<span class="severity" data-severity="${severity}">${sign}${severity || "no severity"}</span>`;
}

/** A number before and after: two cells, and the difference. */
export function pair(before: string, after: string): Html {
  return html`<span class="before">${before}</span> → <strong class="after">${after}</strong>`;
}
