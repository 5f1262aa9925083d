/** How often it is looked whether the parent is still there. */
const intervalMs = 500;

/** Settles when the process that started this one, such as npm, has ended: nobody could stop this one any more. */
export function parentGone(): Promise<void> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      resolve();
    }, intervalMs);
    timer.unref();
  });
}
