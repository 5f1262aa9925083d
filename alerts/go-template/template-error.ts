/** What is wrong with a template, or with what it does. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
}
