import { isReady, type RenameState } from "./state";

/** How many of a kind are named. */
const mostNamed = 4;

/** What keeps a renaming from being finished, a sentence each; nothing where it is ready. */
export function obstacles(state: RenameState): readonly string[] {
  const { renaming, hasSeries, lacking, readers, tooEarlyFor } = state;
  const { formerly, metric } = renaming;
  if (!hasSeries) return [`Prometheus has no series of ${metric.name}, nor of ${formerly}.`];
  return [
    ...(lacking.length === 0
      ? []
      : [`${listed(lacking)} expose${lacking.length === 1 ? "s" : ""} ${formerly} alone.`]),
    ...(readers.length === 0
      ? []
      : [`${listed(readers)} read${readers.length === 1 ? "s" : ""} ${formerly} alone.`]),
    ...(tooEarlyFor === undefined
      ? []
      : [
          `${tooEarlyFor.reader} reads ${inDays(tooEarlyFor.seconds)} back, when there was ${formerly} alone.`,
        ]),
  ];
}

/** The command that ends a renaming. */
export function finishCommand({ renaming: { formerly, metric } }: RenameState): string {
  return `npm run rename -- metric ${formerly} ${metric.name} --finish`;
}

/** Whether it is ready, in words. */
export function readiness(state: RenameState): string {
  const { formerly, metric } = state.renaming;
  return isReady(state)
    ? `${formerly} is called ${metric.name} everywhere`
    : `${formerly} is being renamed to ${metric.name}: ${obstacles(state).join(" ")}`;
}

function listed(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return names.slice(0, mostNamed).join(", ") + (more > 0 ? ` and ${String(more)} more` : "");
}

function inDays(seconds: number): string {
  if (seconds % 86_400 === 0) return `${String(seconds / 86_400)}d`;
  if (seconds % 3_600 === 0) return `${String(seconds / 3_600)}h`;
  return seconds % 60 === 0 ? `${String(seconds / 60)}m` : `${String(seconds)}s`;
}
