import type { PreviewContent, PreviewSource } from "./source";

/** What is made of the sources in one go, or why it cannot be. */
export type Made =
  | { readonly content: PreviewContent; readonly files: readonly string[] }
  | { readonly problem: string; readonly files: readonly string[] };

/**
 * A source that is made anew when a file that it was made of changes. What was last good is kept while there is a
 * problem.
 */
export abstract class ChangingSource implements PreviewSource {
  private content: PreviewContent = { dashboards: [], findings: {} };
  private readonly listeners = new Set<() => void>();
  private making: Promise<void> | undefined;
  private isStale = true;
  private closed = false;

  current(): Promise<PreviewContent> {
    return this.made().then(() => this.content);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.listeners.clear();
    await this.making;
  }

  /** Makes all anew; `files` is what it was made of, even where it could not be. */
  protected abstract make(): Promise<Made>;

  /** Watches these files, and these alone, and calls `changed` when one changes. */
  protected abstract watch(files: readonly string[]): void;

  /** Ends a `make` that is under way early, as it is out of date. Default: it is left to its end. */
  protected interrupt(): void {
    return;
  }

  /** To be called when a file has changed. */
  protected readonly changed = (): void => {
    this.isStale = true;
    if (this.making === undefined) void this.made();
    else this.interrupt();
  };

  /** Settles when nothing is stale: what changes while it is made is made again. */
  private made(): Promise<void> {
    if (this.making !== undefined) return this.making;
    if (!this.isStale || this.closed) return Promise.resolve();
    this.making = this.makeAll().finally(() => {
      this.making = undefined;
    });
    return this.making;
  }

  private async makeAll(): Promise<void> {
    while (this.isStale && !this.closed) {
      this.isStale = false;
      const made = await this.make();
      if (!this.closed) this.watch(made.files);
      // What is out of date already is shown to nobody.
      if (this.isStale) continue;
      this.content = "content" in made ? made.content : { ...this.content, problem: made.problem };
    }
    for (const listener of this.listeners) listener();
  }
}
