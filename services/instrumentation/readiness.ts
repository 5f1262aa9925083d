/** Says whether a service can do its work at this moment. A rejection counts as no. */
export type ReadinessCheck = () => boolean | Promise<boolean>;

/** What a health route answers. */
export const ok = { status: "ok" };
/** What it answers with 503. */
export const unavailable = { status: "unavailable" };

/** Whether a service should get requests. */
export class Readiness {
  private isClosing = false;

  constructor(private readonly check: ReadinessCheck = () => true) {}

  /** It should get none from now on. */
  stop(): void {
    this.isClosing = true;
  }

  /** Never rejects. */
  async holds(): Promise<boolean> {
    if (this.isClosing) return false;
    try {
      return await this.check();
    } catch {
      return false;
    }
  }
}
