/** Go's templates by their names. */
export type Templates<Name extends string = string> = Readonly<Record<Name, string>>;

/** Gives the use of one of these templates in Alertmanager's configuration, by its name. */
export function useOf<Name extends string>(_: Templates<Name>): (name: Name) => string {
  return (name) => `{{ template "${name}" . }}`;
}
