import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { listening } from "../../operations/loopback-port";

/**
 * What stands between customers and a service, as a load balancer does: it passes connections on. Cut off, it takes them
 * and never answers.
 */
export class Front {
  private readonly sockets = new Set<Socket>();
  private behind: URL | undefined;
  private isCut = false;

  private constructor(private readonly server: Server) {
    server.on("connection", (socket: Socket) => {
      this.take(socket);
    });
  }

  /** Starts one at a free port, with nothing behind it. */
  static async start(): Promise<Front> {
    const server = createServer();
    await listening(server, 0);
    return new Front(server);
  }

  /** Its address, without a slash at its end. */
  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** Puts a service behind it. */
  passTo(url: string): void {
    this.behind = new URL(url);
  }

  /** Cuts the service off: connections that there are end, and further ones hang. */
  cutOff(): void {
    this.isCut = true;
    this.dropAll();
  }

  /** Lets customers in again. */
  mend(): void {
    this.isCut = false;
    this.dropAll();
  }

  async stop(): Promise<void> {
    this.dropAll();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(socket: Socket): void {
    this.keep(socket);
    if (this.isCut) return;
    const { behind } = this;
    if (behind === undefined) {
      socket.destroy();
      return;
    }
    const onward = this.keep(connect(Number(behind.port), behind.hostname));
    socket.pipe(onward).pipe(socket);
    socket.on("close", () => onward.destroy());
    onward.on("close", () => socket.destroy());
  }

  private keep(socket: Socket): Socket {
    this.sockets.add(socket);
    socket.on("error", () => undefined);
    return socket.on("close", () => this.sockets.delete(socket));
  }

  private dropAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}
