/**
 * The framework takes a stack trace for each of its tokens, which is no error and is shown to nobody. Under jest these
 * take longer than the synth. `commands/app.cjs` shows none, either.
 */
const capture = Error.captureStackTrace.bind(Error);
Error.captureStackTrace = (target: object, ...below) => {
  if (target instanceof Error) capture(target, ...below);
};
