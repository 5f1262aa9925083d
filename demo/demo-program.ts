import { ManagedProcess, type Exit } from "./processes";

/** How long a program may take until it is ready. */
export const startLimitMs = 30_000;

/** A program of the demo. It keeps its address when it is started again. */
export class DemoProgram {
  private readonly listeners = new Set<(exit: Exit) => void>();
  /** Whether the process that runs now was asked to end. */
  private isAsked = false;

  /**
   * @param url its address, without a slash at its end
   * @param readyPath path that answers when it is ready
   * @param onStart told of each later process
   */
  constructor(
    private current: ManagedProcess,
    readonly url: string,
    private readonly readyPath: string,
    private readonly onStart: (pid: number | undefined) => void,
  ) {
    this.follow();
  }

  /** Name of its container. */
  get name(): string {
    return this.current.spec.name;
  }

  /** Process id. */
  get pid(): number | undefined {
    return this.current.pid;
  }

  /** Whether it runs. */
  get isRunning(): boolean {
    return this.current.isRunning;
  }

  /** Tells of each end that nobody asked for, from now on. */
  onEnd(listener: (exit: Exit) => void): void {
    this.listeners.add(listener);
  }

  /**
   * Waits until it can do its work.
   * @throws Error with its last lines when it ends, or is not ready within 30 s
   */
  ready(): Promise<void> {
    return this.current.healthy(this.url + this.readyPath, startLimitMs);
  }

  /** Ends it as it would end by itself. */
  stop(): Promise<Exit> {
    this.isAsked = true;
    return this.current.stop();
  }

  /** Ends it at once, by SIGKILL. */
  async kill(): Promise<Exit> {
    this.isAsked = true;
    this.current.kill("SIGKILL");
    return this.current.exited;
  }

  /** Ends it where it runs, starts it again at the same address, and waits until it is ready. */
  async restart(): Promise<void> {
    await this.stop();
    this.current = new ManagedProcess(this.current.spec);
    this.isAsked = false;
    this.follow();
    this.onStart(this.pid);
    await this.ready();
  }

  private follow(): void {
    void this.current.exited.then((exit) => {
      if (!this.isAsked) for (const listener of this.listeners) listener(exit);
    });
  }
}
