/** A variable in whichever of Grafana's three forms: `$name`, `${name:format}`, `[[name]]`. */
const form = String.raw`\$\{(\w+)(?:[.:][^}]*)?\}|\$(\w+)|\[\[(\w+)(?::\w+)?\]\]`;

/** A use of a variable in a text. */
export interface VariableUse {
  readonly name: string;
  /** Characters from 0, `to` is the first behind it. */
  readonly from: number;
  readonly to: number;
}

/** All uses of variables in a text, from left to right. */
export function variableUses(text: string): VariableUse[] {
  return [...text.matchAll(new RegExp(form, "g"))].map((match) => {
    const [whole, braces, plain, brackets] = match;
    return { name: braces ?? plain ?? brackets ?? "", from: match.index, to: match.index + whole.length };
  });
}

/** Names of the variables in a text. */
export function variablesIn(text: string): string[] {
  return variableUses(text).map(({ name }) => name);
}

/** The variable that a text is and nothing else; undefined for any other text. */
export function variableThatIs(text: string): string | undefined {
  const [use] = variableUses(text);
  return use?.from === 0 && use.to === text.length ? use.name : undefined;
}
