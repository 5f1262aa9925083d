/** What the names are made of. */
interface Named {
  readonly project: string;
  readonly name: string;
}

/** First part of the names of what an environment has in AWS. */
export function namePrefixOf({ project, name }: Named): string {
  return `${project}-${name}`;
}

/** Name of the log group of the services' lines. */
export function logGroupNameOf({ project, name }: Named): string {
  return `/${project}/${name}/services`;
}
