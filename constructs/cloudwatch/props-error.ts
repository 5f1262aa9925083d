import { Token } from "cdktf";
import type { Construct } from "constructs";
import type { ZodType } from "zod";

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

/** Collects what is wrong with props, so that one error can name all of it. */
export class Problems {
  private readonly lines: string[] = [];

  /** Notes a problem unless `accepted`. A value that Terraform knows only later (a token) always passes. */
  expect(accepted: boolean, prop: string, found: unknown, allowed: string): this {
    if (!accepted && !Token.isUnresolved(found)) {
      const shown = typeof found === "number" ? String(found) : JSON.stringify(found);
      this.lines.push(`${prop}: found ${shown}, allowed: ${allowed}`);
    }
    return this;
  }

  /** Notes a problem unless a schema takes the value; what is allowed is told in the schema's words. */
  holds(schema: ZodType, prop: string, found: unknown): this {
    const { error } = schema.safeParse(found);
    return this.expect(error === undefined, prop, found, error?.issues[0]?.message ?? "");
  }

  /**
   * To be called before the construct makes anything.
   * @throws PropsError when a problem was noted
   */
  throwFor(scope: Construct, id: string): void {
    if (this.lines.length > 0) throw new PropsError(`${scope.node.path}/${id}`, this.lines);
  }
}
