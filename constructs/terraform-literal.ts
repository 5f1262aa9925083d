/**
 * A text as Terraform must be given it so that it stays as it is: `${` and `%{` would start a template, which Grafana's
 * variables and Go's templates look like. Not for texts with tokens of cdktf in them.
 */
export function terraformLiteral(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}
