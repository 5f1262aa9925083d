import { Token } from "cdktf";
import type { Construct } from "constructs";
import type { z } from "zod";

/** Wrong props of a construct, all of them in one message for people. */
export class PropsError extends Error {
  /**
   * @param construct path of the construct, e.g. `dev-cloudwatch/high-cpu`
   * @param problems one line a problem
   */
  constructor(
    readonly construct: string,
    readonly problems: readonly string[],
  ) {
    const count = problems.length === 1 ? "1 problem" : `${String(problems.length)} problems`;
    super(`${construct}: ${count} in its props:\n${problems.map((line) => `  ${line}`).join("\n")}`);
    this.name = "PropsError";
  }
}

/** Texts, numbers and the like that a schema took before: the containers of four environments have many in common. */
const taken = new WeakMap<z.ZodType, Set<unknown>>();

function noteTaken(schema: z.ZodType, found: unknown): void {
  taken.set(schema, (taken.get(schema) ?? new Set()).add(found));
}

/** Collects what is wrong with props, so that one error can name all of it. */
export class Problems {
  private readonly lines: string[] = [];

  /** Notes a problem unless `accepted`. A value that Terraform knows only later (a token) always passes. */
  expect(accepted: boolean, prop: string, found: unknown, allowed: string): this {
    if (accepted || Token.isUnresolved(found)) return this;
    const line = `${prop}: found ${shown(found)}, allowed: ${allowed}`;
    // A construct and the one that it extends may look at the same prop.
    if (!this.lines.includes(line)) this.lines.push(line);
    return this;
  }

  /**
   * Notes a problem for each part of a value that a schema does not take; what is allowed is told in the schema's
   * words.
   */
  holds(schema: z.ZodType, prop: string, found: unknown): this {
    if (taken.get(schema)?.has(found) === true) return this;
    const told = new Set<string>();
    for (const issue of schema.safeParse(found, { jitless: true }).error?.issues ?? []) {
      const path = pathOf(prop, issue.path);
      // The first one is what is most wrong: a text that is no number is not below a limit, too.
      if (!told.has(path)) this.expect(false, path, valueAt(found, issue.path), allowedBy(issue));
      told.add(path);
    }
    if (told.size === 0 && Object(found) !== found) noteTaken(schema, found);
    return this;
  }

  /** The same for what may be left out. */
  mayHold(schema: z.ZodType, prop: string, found: unknown): this {
    return found === undefined ? this : this.holds(schema, prop, found);
  }

  /**
   * To be called before the construct makes anything.
   * @throws PropsError when a problem was noted
   */
  throwFor(scope: Construct, id: string): void {
    if (this.lines.length > 0) throw new PropsError(`${scope.node.path}/${id}`, this.lines);
  }
}

function shown(found: unknown): string {
  if (found === undefined) return "nothing";
  return typeof found === "number" ? String(found) : JSON.stringify(found);
}

function allowedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return `one of ${issue.values.map(String).join(", ")}`;
  return issue.code === "unrecognized_keys" ? `no key ${issue.keys.join(", ")}` : issue.message;
}

function pathOf(prop: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (outer, key) => (typeof key === "number" ? `${outer}[${String(key)}]` : `${outer}.${String(key)}`),
    prop,
  );
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((inner, key) => Reflect.get(Object(inner) as object, key) as unknown, value);
}
