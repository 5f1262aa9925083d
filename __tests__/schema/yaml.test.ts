import fc from "fast-check";
import { parse, stringify } from "yaml";
import { toYaml } from "../../schema/yaml";
import { renderRuleFiles, ruleSettings } from "../support/rule-settings";

/** As the package writes it. */
const written = (data: unknown) => stringify(data, { lineWidth: 0, aliasDuplicateObjects: false });

it("writes the rule files as the package does, byte for byte", () => {
  for (const text of Object.values(renderRuleFiles(ruleSettings))) expect(written(parse(text))).toBe(text);
});

it("writes any plain data as the package does", () => {
  const scalar = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: fc.constantFrom(..."-?:,[]{}#&*!|>'\"%@`~ ab1.0e+\n\t") }),
    fc.constantFrom("true", "null", "~", "0x1", "1e3", "- a", "a: b", "a #b", " a", "---", "=", ""),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.constant(-0),
    fc.boolean(),
    fc.constant(null),
  );
  const key = fc.oneof(
    fc.constantFrom("alert", "expr", "for", "a_b", "null", "a b", "a-b", "0.0", "1"),
    fc.string(),
  );
  const { data } = fc.letrec((tie) => ({
    data: fc.oneof({ depthSize: "small" }, scalar, fc.array(tie("data")), fc.dictionary(key, tie("data"))),
  }));
  fc.assert(
    fc.property(data, (any) => {
      expect(toYaml(any)).toBe(written(any));
      expect(toYaml({ groups: any })).toBe(written({ groups: any }));
    }),
    { numRuns: 500 },
  );
});
