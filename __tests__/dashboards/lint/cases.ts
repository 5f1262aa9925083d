import { dashboardOf } from "../../../dashboards/lint/dashboard";
import { allRules, lint } from "../../../dashboards/lint/lint";
import { system } from "../../support/system";

/** By rule: dashboards in which it finds something, each with its message, and dashboards that it lets pass. */
export type Cases = Readonly<
  Record<
    string,
    { readonly caught: readonly (readonly [unknown, string])[]; readonly passes: readonly unknown[] }
  >
>;

/** What all rules find, as `rule: message`. */
export function found(json: unknown): string[] {
  return lint(dashboardOf(json), system).map(({ rule, message }) => `${rule}: ${message}`);
}

/** Each rule finds what it is for and, as every other rule, nothing else. */
export function describeRules(cases: Cases): void {
  describe.each(Object.entries(cases))("%s", (rule, { caught, passes }) => {
    it("is a rule with cases of both kinds", () => {
      expect(allRules.map(({ name }) => name)).toContain(rule);
      expect(caught).not.toHaveLength(0);
      expect(passes).not.toHaveLength(0);
    });

    it.each(caught.map(([json, message]) => [message, json]))("finds: %s", (message, json) => {
      expect(found(json)).toEqual([`${rule}: ${message}`]);
    });

    it.each(passes)("lets a sound one pass (%#)", (json) => {
      expect(found(json)).toEqual([]);
    });
  });
}
