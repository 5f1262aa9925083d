import type { ReadVersion } from "../../version/version";
import type { World } from "../series/world";
import { readDashboard } from "./dashboards";
import type { Fault } from "./fault";
import { placeOfRule } from "./places";

const link = /\/d\/([\w-]+)(?:\/[\w-]*)?(\?[^\s"')]*)?/g;

/** Links of alerts and dashboards that lead to a dashboard, or set a variable, that is not there any more. */
export function linkFaults(before: ReadVersion, after: ReadVersion, now: World): readonly Fault[] {
  const texts = [
    ...now.rules.flatMap((rule) =>
      Object.entries(rule.annotations).map(([annotation, text]) => ({
        name: rule.name,
        place: `${placeOfRule(after, rule)} › ${annotation}`,
        text,
      })),
    ),
    ...after.dashboards.map(({ title, json }) => ({ name: title, place: title, text: JSON.stringify(json) })),
  ];
  const [old, there] = [variablesOf(before), variablesOf(after)];
  return texts.flatMap(({ name, place, text }) => {
    const links = new Map([...text.matchAll(link)].map((match) => [match[0], match]));
    return [...links.values()].flatMap(([url, uid = "", query = ""]): Fault[] => {
      const at = { where: "link", name, place, text: url, verdict: "warn" } as const;
      const variables = there.get(uid);
      if (variables === undefined) {
        if (!old.has(uid)) return [];
        const self = { kind: "dashboard", name: uid, change: "gone" } as const;
        return [{ reader: { ...at, consequence: "leads nowhere" }, names: [`dashboard ${uid}`], self }];
      }
      const set = [...query.matchAll(/var-(\w+)=/g)].map(([, variable = ""]) => variable);
      return set
        .filter((variable) => !variables.includes(variable) && old.get(uid)?.includes(variable))
        .map((variable) => ({
          reader: { ...at, consequence: `sets the variable ${variable}, which is not there` },
          names: [],
          self: { kind: "variable", name: `${uid} › ${variable}`, change: "gone" },
        }));
    });
  });
}

function variablesOf({ dashboards }: ReadVersion): ReadonlyMap<string, readonly string[]> {
  return new Map(
    dashboards.map(({ uid, json }) => [uid, readDashboard(json).variables.map(({ name }) => name)]),
  );
}
