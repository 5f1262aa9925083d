import { EnvironmentError, type EnvironmentInput } from "../../environments";
import { environmentsFrom } from "../../environments/load";
import { type Setting, withSettings } from "../../environments/settings";
import { local } from "../support/environments/local";

const load = (...settings: readonly Setting[]) =>
  environmentsFrom({ local }).loadEnvironments("local", settings)[0];

function problemsOf(...settings: readonly Setting[]): readonly string[] {
  try {
    load(...settings);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  throw new Error("Nothing was refused.");
}

const set = (path: string, value: unknown): Setting => ({ path: path.split("."), value });

describe("a setting", () => {
  it("takes the place of what the file has, of what it leaves to the default, and in a list", () => {
    const [first] = local.services;
    const environment = load(
      set("prometheus.hostPort", 9_191),
      set("alerting.thresholds.latencyP95Warning", 0.75),
      set("services.0.name", "parcels"),
    );
    expect(environment?.prometheus.hostPort).toBe(9_191);
    expect(environment?.alerting.thresholds.latencyP95Warning).toBe(0.75);
    expect(environment?.services[0]?.name).toBe("parcels");
    expect(local.services[0]).toBe(first);
    expect(first?.name).not.toBe("parcels");
  });

  it("of a later one counts, within what an earlier one has put there", () => {
    const environment = load(
      set("alerting.thresholds", { latencyP95Warning: 0.5 }),
      set("alerting.thresholds.latencyP95Warning", 0.25),
    );
    expect(environment?.alerting.thresholds.latencyP95Warning).toBe(0.25);
  });

  it.each<[string, Setting, string]>([
    ["of no name", set("alerting.treshold", 1), "alerting.treshold"],
    ["of no name below one", set("alerting.thresholds.latency", 1), "alerting.thresholds.latency: "],
    [
      "of another type",
      set("prometheus.hostPort", "9090"),
      'prometheus.hostPort: found "9090", allowed: a whole number',
    ],
    [
      "below a number",
      set("aws.region.name", 1),
      'aws.region.name: found "us-east-1" at aws.region, allowed: a path that ends there',
    ],
    [
      "of a name in a list",
      set("services.parcels.name", "x"),
      'services.parcels.name: found "parcels", allowed: a place in the list services, from 0 to ',
    ],
    [
      "behind the end of a list",
      set("services.99.name", "x"),
      'found "99", allowed: a place in the list services',
    ],
    ["of a broken place", set("services.-1.name", "x"), 'found "-1", allowed: a place in the list services'],
    [
      "of a place with zeros before it",
      set("services.00.name", "x"),
      'found "00", allowed: a place in the list',
    ],
    ["of a property of lists", set("services.length", 0), 'found "length", allowed: a place in the list'],
    ["of all objects", set("__proto__.polluted", 1), 'found "__proto__", allowed: the name of a setting'],
    [
      "of a constructor",
      set("constructor.prototype.polluted", 1),
      'found "constructor", allowed: the name of',
    ],
  ])("%s is refused, with what is allowed", (_what, setting, problem) => {
    const problems = problemsOf(setting);
    expect(problems).toEqual(expect.arrayContaining([expect.stringContaining(problem) as string]));
    for (const each of problems) expect(each).toMatch(/^environments\/local\.ts: /);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("tells all that are refused together", () => {
    expect(problemsOf(set("services.x", 1), set("aws.region.y", 1))).toHaveLength(2);
  });

  it("does not touch the object that it is put into a copy of", () => {
    const raw: EnvironmentInput = structuredClone(local);
    const copy = withSettings(raw, [set("services.0.name", "parcels")], "local.ts");
    expect(raw).toEqual(local);
    expect(copy.services[0]?.name).toBe("parcels");
  });
});
