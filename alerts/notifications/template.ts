/** Go's templates by their names. */
export type Templates<Name extends string = string> = Readonly<Record<Name, string>>;

/** Gives the use of one of these templates in Alertmanager's configuration, by its name. */
export function useOf<Name extends string>(_: Templates<Name>): (name: Name) => string {
  return (name) => `{{ template "${name}" . }}`;
}

/** The definitions of templates, a text each, in the order of their sets. */
export function definitionsOf(sets: readonly Templates[]): string[] {
  return sets
    .flatMap((templates) => Object.entries(templates))
    .map(([name, body]) => `{{ define "${name}" -}}\n${body}\n{{- end }}\n`);
}
