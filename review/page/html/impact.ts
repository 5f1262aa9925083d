import { html, type Html } from "../../../services/platform/page/html";
import type { ImpactFinding, ImpactPart, Verdict } from "../data/impact";
import { many } from "../words";
import { bullets, folded, stateSign, table, withCode } from "./pieces";

const stateOf = { block: "block", warn: "warn", pass: "same" } as const;

/** What breaks: the worst first, what nobody reads folded at the end. */
export function impactSection({ findings, notes }: ImpactPart): Html {
  const of = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict);
  const passes = of("pass");
  return html`${
      findings.length === 0 ? html`<p>Nothing that is read is gone, renamed or different.</p>` : undefined
    }
    <div class="folds">${[...of("block"), ...of("warn")].map(findingFold)}</div>
    ${
      passes.length === 0
        ? undefined
        : folded(
            `${many(passes.length, "change")} of what nothing reads`,
            html`<ul>
              ${passes.map((finding) => html`<li>${subjectInWords(finding)} ${finding.note}</li>`)}
            </ul>`,
          )
    }
    ${bullets(notes.map(withCode))}`;
}

/** A place without its line. */
function fileOf(place: string): string {
  return place.replace(/:\d+$/, "");
}

function findingFold(finding: ImpactFinding): Html {
  const { verdict, readers, note } = finding;
  return folded(
    html`${stateSign(stateOf[verdict])} ${subjectInWords(finding)}
      <span class="quiet">${many(readers.length, "reader")}</span>`,
    html`${note === undefined ? undefined : html`<p>${withCode(note)}</p>`}
    ${
      readers.length === 0
        ? undefined
        : table(
            `What reads ${finding.subject.name}`,
            ["What, and where", "What happens", "It reads"],
            readers.map(({ where, name, place, text, consequence }) => [
              html`${where} ${name === fileOf(place) ? undefined : name}
                <small><code>${place}</code></small>`,
              withCode(consequence),
              html`<code>${text}</code>`,
            ]),
          )
    }`,
    verdict === "block",
  );
}

function subjectInWords({ subject: { kind, name, change, to } }: ImpactFinding): Html {
  const target =
    to === undefined ? undefined : html` ${change === "renamed" ? "to" : "to be"} <code>${to}</code>`;
  return html`<span class="name">${kind} <code>${name}</code> is ${change}${target}</span>`;
}
