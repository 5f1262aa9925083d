import { Icon, Toggletip } from "@grafana/ui";
import type { Finding } from "../site/api";

/** What there is to say of a panel. */
export interface RemarksOptions {
  readonly title: string;
  /** What the linter found. */
  readonly findings: readonly Finding[];
  /** What is not drawn as Grafana draws it. */
  readonly notes: readonly string[];
}

/** Buttons in a panel's head that tell its findings and what is not drawn. */
export function Remarks({ title, findings, notes }: RemarksOptions) {
  const worst = findings.some(({ severity }) => severity === "error") ? "error" : "warning";
  const found = `${String(findings.length)} ${findings.length === 1 ? "finding" : "findings"}`;
  return (
    <>
      {findings.length > 0 && (
        <Toggletip
          title={`The linter on ${title}`}
          content={<FindingList findings={findings} />}
          placement="bottom-end"
        >
          <button
            type="button"
            className={`remark remark-${worst}`}
            aria-label={`${found} of the linter: ${title}`}
          >
            <Icon name="exclamation-triangle" size="sm" /> {found}
          </button>
        </Toggletip>
      )}
      {notes.length > 0 && (
        <Toggletip
          title={`Not drawn as Grafana draws it: ${title}`}
          content={
            <ul className="remark-list">
              {notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          }
          placement="bottom-end"
        >
          <button type="button" className="remark" aria-label={`What is not drawn of ${title}`}>
            <Icon name="eye-slash" size="sm" />
          </button>
        </Toggletip>
      )}
    </>
  );
}

/** Findings with the rules that they break. */
export function FindingList({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <ul className="remark-list">
      {findings.map(({ rule, severity, message }, index) => (
        <li key={index}>
          <strong>{severity}</strong> {message} <span className="rule">({rule})</span>
        </li>
      ))}
    </ul>
  );
}
