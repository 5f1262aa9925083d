import type { ReadVersion } from "../version/version";
import { changedThings } from "./changes/changed";
import { Findings } from "./findings";
import type { ForeignFiles } from "./foreign/foreign";
import type { Impact, Reader, Subject } from "./impact";
import { judge, sightOf, type Judgement } from "./judge";
import { alertmanagerFaults } from "./readers/alertmanager";
import { messageSide } from "./readers/configurations";
import { choiceFaults } from "./readers/choices";
import { dashboardReaders } from "./readers/dashboards";
import { documentReaders } from "./readers/documents";
import type { ExpressionReader } from "./readers/expression";
import { linkFaults } from "./readers/links";
import { onceFor } from "./readers/once-for";
import { placeOfRule } from "./readers/places";
import { ruleReader, rulesOf } from "./readers/rules";
import { typeReaders } from "./readers/types";
import { World } from "./series/world";
import { few, reasonInWords } from "./words";

/**
 * What the change from a version to another one breaks: here, and in files of others.
 * @throws Error when a version's own rules or dashboards cannot be read
 */
export function impactOf(before: ReadVersion, after: ReadVersion, foreign: ForeignFiles = noFiles): Impact {
  const [old, now] = [worldOf(before), worldOf(after)];
  const [oldSide, side] = [messageSide(before, old), messageSide(after, now)];
  const things = changedThings(oldSide, side);
  const findings = new Findings(things);
  const successorOf = (series: string) =>
    things.map((thing) => thing.successorOf?.(series)).find((name) => name !== undefined);
  const readers = [...ownReaders(after, now), ...foreign.readers];
  const texts = new Set(ownReaders(before, old).map(({ text }) => text));
  for (const reader of readers) {
    const isElsewhere = (name: string) => reader.isForeign && !old.has(name) && !now.has(name);
    const sights = [old, now].map((world) => sightOf(reader, world, isElsewhere)) as [
      ReturnType<typeof sightOf>,
      ReturnType<typeof sightOf>,
    ];
    const isNew = !reader.isForeign && !texts.has(reader.text);
    for (const judgement of judge(reader, ...sights, { isNew, successorOf })) {
      const to = things.filter(({ explains }) => judgement.reasons.some(explains));
      findings.add(told(reader, judgement), to, subjectOf(reader));
    }
  }
  const faults = [
    ...typeReaders(readers, old, now),
    ...alertmanagerFaults(oldSide, side, foreign.alertmanagers),
    ...linkFaults(before, after, now),
    ...choiceFaults(oldSide, side),
  ];
  for (const { reader, names, self } of faults)
    findings.add(
      reader,
      things.filter(({ subject }) => names.includes(`${subject.kind} ${subject.name}`)),
      self,
    );
  for (const { reader, thing } of documentReaders(after, things))
    findings.add(reader, [thing], thing.subject);
  return { findings: findings.all(), notes: foreign.notes };
}

const worldOf = onceFor((version: ReadVersion) => new World(version.catalogue, rulesOf(version)));

const noFiles: ForeignFiles = { readers: [], alertmanagers: [], notes: [] };

/** What the panels and rules of a version ask. */
export function ownReaders(version: ReadVersion, world: World): readonly ExpressionReader[] {
  return [
    ...world.rules.map((rule) => ruleReader(rule, placeOfRule(version, rule), false)),
    ...version.dashboards.flatMap(dashboardReaders),
  ];
}

function told(reader: ExpressionReader, { verdict, consequence, reasons }: Judgement): Reader {
  const { where, name, place, text } = reader;
  const because = reasons.length === 0 ? "" : `: ${few(reasons.map(reasonInWords))}`;
  return { where, name, place, text, verdict, consequence: `${consequence}${because}` };
}

function subjectOf({ where, name, isAlert }: ExpressionReader): Subject {
  const kind =
    isAlert || where.endsWith("recorded series") ? "rule" : where.endsWith("variable") ? "variable" : "panel";
  return { kind, name, change: "changed" };
}
