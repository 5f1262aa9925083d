/** How a receiver fails: with a status of HTTP or SMTP, or by never answering. */
export type Fault = { readonly status: number } | { readonly silent: true };

/** Receivers that fail until they are mended, for tests of what happens then. */
export class Faults {
  private readonly faults = new Map<string, Fault>();
  private readonly held = new Map<string, Set<() => void>>();

  get(receiver: string): Fault | undefined {
    return this.faults.get(receiver);
  }

  set(receiver: string, fault: Fault): void {
    this.mend(receiver);
    this.faults.set(receiver, fault);
  }

  /** Makes a receiver answer again. Those who still wait for it are cut off, as they were never answered. */
  mend(receiver: string): void {
    this.faults.delete(receiver);
    const held = this.held.get(receiver) ?? [];
    this.held.delete(receiver);
    for (const cutOff of held) cutOff();
  }

  mendAll(): void {
    for (const receiver of [...this.faults.keys()]) this.mend(receiver);
  }

  /** Lets somebody wait at a silent receiver. @returns what to call when they have gone */
  hold(receiver: string, cutOff: () => void): () => void {
    const held = this.held.get(receiver) ?? new Set();
    this.held.set(receiver, held.add(cutOff));
    return () => held.delete(cutOff);
  }
}
