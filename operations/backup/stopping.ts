/** A signal that is aborted when a command is to stop. */
export function abortedBy(stopped: Promise<undefined>): AbortSignal {
  const controller = new AbortController();
  void stopped.then(() => {
    controller.abort();
  });
  return controller.signal;
}
