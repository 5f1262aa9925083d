import type { SubjectKind } from "../impact";
import type { RuleReader } from "../readers/rules";
import { mayHave } from "../series/possible";
import type { World } from "../series/world";
import { likenessOf, nameLikeness, renamesOf } from "./renames";
import { goneOr, isNameOf, type ChangedThing } from "./thing";

/** What became of recorded names, their labels, and alerts. */
export function changedRules(before: World, after: World): readonly ChangedThing[] {
  return [
    ...changedKind("record", before, after),
    ...changedKind("alert", before, after),
    ...labelsLost(before, after),
  ];
}

function changedKind(kind: RuleReader["kind"], before: World, after: World): readonly ChangedThing[] {
  const [old, now] = [before, after].map(
    ({ rules }) => new Map(rules.filter((rule) => rule.kind === kind).map((rule) => [rule.name, rule])),
  );
  if (old === undefined || now === undefined) return [];
  const gone = [...old.values()].filter(({ name }) => !now.has(name));
  const added = [...now.values()].filter(({ name }) => !old.has(name));
  const renames = renamesOf(gone, added, (one, other) =>
    likenessOf(
      [
        [one.expr === other.expr, 2, "expression"],
        [JSON.stringify(one.labels) === JSON.stringify(other.labels), 0.5, "labels"],
      ],
      nameLikeness(one.name, other.name),
    ),
  );
  const subjectKind: SubjectKind = kind;
  return gone.map((rule): ChangedThing => {
    const { name } = rule;
    const rename = renames.get(rule);
    return {
      ...goneOr({ kind: subjectKind, name }, rename && { name: rename.to.name, because: rename.because }),
      words: [name],
      explains: (reason) =>
        kind === "record" ? isNameOf(reason, [name]) : reason.kind === "alert" && reason.alert === name,
    };
  });
}

/** Recorded names whose series have a label less. */
function labelsLost(before: World, after: World): readonly ChangedThing[] {
  const names = new Set(before.rules.flatMap(({ kind, name }) => (kind === "record" ? [name] : [])));
  return [...names].flatMap((name) => {
    const [old, now] = [before.seriesOf(name), after.seriesOf(name)];
    if (now.length === 0 || now.some(({ isOpen }) => isOpen)) return [];
    const labels = new Set(
      old.flatMap((series) => [...series.labels.keys()].filter((label) => mayHave(series, label))),
    );
    return [...labels]
      .filter((label) => !now.some((series) => mayHave(series, label)))
      .map((label): ChangedThing => ({
        subject: { kind: "label", name: `${name}{${label}}`, change: "gone" },
        words: [],
        explains: (reason) => reason.kind === "label" && reason.series === name && reason.label === label,
      }));
  });
}
