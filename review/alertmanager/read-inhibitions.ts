import type { YamlValue } from "../../alerts/lint/yaml";
import type { InhibitRule } from "./configuration";
import { ConfigurationForm, itemsOf, type Report } from "./configuration-form";

const fields = [
  "name",
  "source_match",
  "source_match_re",
  "source_matchers",
  "target_match",
  "target_match_re",
  "target_matchers",
  "equal",
];

/** The inhibitions in their order, which decides by which of them an alert is inhibited. */
export function readInhibitions(value: YamlValue | undefined, report: Report): readonly InhibitRule[] {
  return itemsOf(value, "inhibit_rules", report).flatMap((item) => {
    const form = ConfigurationForm.of(item, "inhibit rule", fields, report);
    if (form === undefined) return [];
    return [
      {
        name: form.text("name"),
        source: form.matchers("source_matchers", "source_match", "source_match_re"),
        target: form.matchers("target_matchers", "target_match", "target_match_re"),
        equal: form.texts("equal") ?? [],
        line: item.place.line,
      },
    ];
  });
}
