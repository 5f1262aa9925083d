/**
 * The framework takes a stack trace for each of its tokens, which is no error and is shown to nobody. Under jest these
 * take longer than the synth. `commands/app.cjs` shows none, either. Who prepares traces reads them: Express's `depd` does.
 */
const capture = Error.captureStackTrace.bind(Error);
const traces: { prepareStackTrace?: unknown } = Error;
const { prepareStackTrace } = traces;
Error.captureStackTrace = (target: object, ...below) => {
  if (target instanceof Error || traces.prepareStackTrace !== prepareStackTrace) capture(target, ...below);
};
