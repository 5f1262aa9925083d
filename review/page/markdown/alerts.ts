import type { AlertChange, AlertsPart, AlertSide, Tally } from "../data/alerts";
import { firingOf } from "../tallies";
import { count, difference } from "../words";
import { escapeMarkdown } from "./escape";
import { listLines, tableLines } from "./table";

/** Receivers that people read, the greatest difference first. */
export function receiverLines({ receivers }: AlertsPart, rows: number): readonly string[] {
  const of = (tally: Tally | undefined) => (tally ? firingOf(tally) : 0);
  const read = receivers
    .filter(({ audience }) => audience !== "machine")
    .sort((a, b) => Math.abs(of(b.after) - of(b.before)) - Math.abs(of(a.after) - of(a.before)));
  if (read.length === 0) return [];
  return tableLines(
    ["Receiver", "Before", "After", "Difference", "At night"],
    "lrrrr",
    read.map(({ receiver, audience, before, after }) => [
      `${escapeMarkdown(receiver, 60)}${audience === "wakes" ? " (wakes)" : ""}`,
      before ? count(of(before)) : "–",
      after ? count(of(after)) : "–",
      difference(of(before), of(after)),
      `${count(before?.night ?? 0)} → ${count(after?.night ?? 0)}`,
    ]),
    rows,
    "receiver",
  );
}

const words = { new: "new", gone: "gone", changed: "changed", same: "same rule" } as const;

/** Alerts that are new, gone or changed, or of which people are told more or less often. */
export function alertLines({ alerts }: AlertsPart, rows: number): readonly string[] {
  const of = (side: AlertSide | undefined) => (side ? firingOf(side.told) : 0);
  const weight = ({ before, after }: AlertChange) => Math.abs(of(after) - of(before));
  const order = ["gone", "new", "changed", "same"];
  const changed = alerts
    .filter((alert) => alert.change !== "same" || weight(alert) > 0)
    .sort((a, b) => weight(b) - weight(a) || order.indexOf(a.change) - order.indexOf(b.change));
  if (changed.length === 0) return [];
  return tableLines(
    ["Alert", "Rule", "Fired", "Messages", "At night"],
    "llrrr",
    changed.map(({ alert, change, what, before, after }) => [
      escapeMarkdown(alert, 60),
      escapeMarkdown([words[change], ...what].join("; "), 120),
      `${before ? count(before.firings) : "–"} → ${after ? count(after.firings) : "–"}`,
      `${before ? count(of(before)) : "–"} → ${after ? count(of(after)) : "–"}`,
      count(after?.told.night ?? 0),
    ]),
    rows,
    "alert",
  );
}

/** Alerts of which nobody is told more often than before. */
export function untoldLines({ untold }: AlertsPart, rows: number): readonly string[] {
  const more = untold.filter(({ before, after }) => after > before);
  if (more.length === 0) return [];
  return [
    "**Nobody is told of:**",
    ...listLines(
      more.map(
        ({ alert, why, by, before, after }) =>
          `${escapeMarkdown(alert, 60)}: ${why}${by === "" ? "" : ` (${escapeMarkdown(by, 60)})`}, ${count(before)} → ${count(after)}`,
      ),
      Math.min(rows, 4),
    ),
  ];
}
