/**
 * The framework takes a stack trace for each of its tokens, which is no error and is shown to nobody. Jest looks every
 * place in it up in the sources, which takes longer than the synth. `commands/app.cjs` makes none of these, either.
 */
const prepare = Error.prepareStackTrace?.bind(Error);
if (prepare !== undefined) {
  Error.prepareStackTrace = (error, frames) =>
    error instanceof Error ? (prepare(error, frames) as unknown) : "";
}
