import { evaluate } from "./evaluate";
import { parseTemplate, type ParsedTemplate } from "./parse";
import { labelsMap, prometheusFunctions, type PrometheusSurroundings } from "./prometheus";
import { TemplateError } from "./template-error";
import { GoStruct } from "./values";

/** Variables that every template of a rule has. */
const variables = ["labels", "externalLabels", "externalURL", "value"] as const;
/** What Prometheus itself puts before each of them. */
const definitions =
  "{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}{{$externalURL := .ExternalURL}}{{$value := .Value}}";

const names = prometheusFunctions({ externalUrl: "", time: 0 });

/** Reads the template of a label or annotation as Prometheus does. */
export function parseRuleTemplate(text: string): ParsedTemplate {
  return parseTemplate(text, { functions: names, variables });
}

/** What a template of a rule is given. */
export interface RuleTemplateData extends PrometheusSurroundings {
  /** Those of the series that the expression gave. */
  readonly labels: Readonly<Record<string, string>>;
  readonly externalLabels: Readonly<Record<string, string>>;
  /** What the expression gave. */
  readonly value: number;
}

const parsed = new Map<string, ParsedTemplate>();

/**
 * A label or annotation of a rule as Prometheus writes it; of a template that fails, its sentence about that. The sentence
 * does not say where in the template it is.
 */
export function expandRuleTemplate(text: string, data: RuleTemplateData): string {
  if (!text.includes("{{")) return text;
  const template = parsed.get(text) ?? parseTemplate(definitions + text, { functions: names });
  parsed.set(text, template);
  if (template.nodes === undefined)
    return `<error expanding template: error parsing template: ${template.problem}>`;
  const { labels, externalLabels, externalUrl, value } = data;
  const dot = new GoStruct(
    "struct { Labels map[string]string; ExternalLabels map[string]string; ExternalURL string; Value interface {} }",
    {
      Labels: labelsMap(labels),
      ExternalLabels: labelsMap(externalLabels),
      ExternalURL: externalUrl,
      Value: value,
    },
  );
  try {
    return evaluate(template.nodes, dot, {
      functions: prometheusFunctions(data),
      definitions: template.definitions,
    });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return `<error expanding template: error executing template: ${error.message}>`;
  }
}
