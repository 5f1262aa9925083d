import { dashboardOf } from "../../../dashboards/lint/dashboard";
import type { VariableChoice } from "../../../dashboards/lint/queries";
import { variablesIn } from "../../../dashboards/lint/variables";
import { matchesValue } from "../../../metrics/promql-analysis";
import { mayHave } from "../series/possible";
import type { World } from "../series/world";
import type { MessageSide } from "./configurations";
import type { Fault } from "./fault";

/** Variables of dashboards that offer the values of a label, or names of series, of all that there is: where there is none. */
export function choiceFaults(before: MessageSide, after: MessageSide): readonly Fault[] {
  const known = new Set(choicesIn(before).map(keyOf));
  return choicesIn(after).flatMap((choice): readonly Fault[] => {
    const { variable, of, text, dashboard } = choice;
    const isNew = !known.has(keyOf(choice));
    const isLost = offers(choice, before.world) || isNew;
    if (variablesIn(text).length > 0 || offers(choice, after.world) || !isLost) return [];
    const reason = of === "label" ? `nothing has the label ${text}` : `no series is named so`;
    return [
      {
        reader: {
          where: "variable",
          name: variable,
          place: `${dashboard} › variable ${variable}`,
          text: of === "label" ? `label_values(${text})` : `metrics(${text})`,
          consequence: `will offer no choice: ${reason}`,
          verdict: "block",
        },
        names: namesLost(choice, before.world, after.world),
        self: { kind: "variable", name: variable, change: "changed" },
      },
    ];
  });
}

interface PlacedChoice extends VariableChoice {
  readonly dashboard: string;
}

function choicesIn({ version }: MessageSide): readonly PlacedChoice[] {
  return version.dashboards.flatMap(({ title, json }) =>
    dashboardOf(json).choices.map((choice) => ({ ...choice, dashboard: title })),
  );
}

function keyOf({ of, text }: VariableChoice): string {
  return `${of} ${text}`;
}

function namesIn(world: World): readonly string[] {
  const recorded = world.rules.filter(({ kind }) => kind === "record").map(({ name }) => name);
  return [...world.metrics.keys(), ...recorded];
}

function offers({ of, text }: VariableChoice, world: World): boolean {
  return namesIn(world).some((name) => offersOf(of, text, name, world));
}

function offersOf(of: VariableChoice["of"], text: string, name: string, world: World): boolean {
  const series = world.seriesOf(name);
  if (of === "label") return series.some((each) => mayHave(each, text));
  // Grafana's expression may match a part of a name.
  return series.length > 0 && matchesValue({ operator: "=~", value: `.*(?:${text}).*` }, name);
}

/** What has let it offer something. */
function namesLost({ of, text }: VariableChoice, before: World, after: World): readonly string[] {
  return namesIn(before)
    .filter((name) => offersOf(of, text, name, before))
    .flatMap((name) => {
      const metric = before.metrics.get(name)?.name ?? name;
      const isThere = after.seriesOf(name).length > 0;
      if (isThere) return [`label ${metric}{${text}}`];
      return [`metric ${metric}`, `series ${name}`, `record ${name}`];
    });
}
