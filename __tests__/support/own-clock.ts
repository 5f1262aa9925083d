const tickMs = 10;

/**
 * Starts a clock that stands still while a busy machine lets this process wait: what the process itself is late by is
 * measured, whatever else runs.
 * @returns what stops it, and gives the milliseconds, never more than have passed
 */
export function ownClock(): () => number {
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), tickMs).unref();
  return () => {
    clearInterval(timer);
    return ticks * tickMs;
  };
}
