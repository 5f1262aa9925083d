import { createServer, type Server } from "node:http";
import { freePorts } from "../../operations/loopback-port";
import type { Environment } from "../../environments";
import { scrapeConfigs } from "../../stacks/scrape-configs";

/** All that an environment's Prometheus scrapes, each as a server of this machine that counts its scrapes. */
export class CountedTargets {
  private readonly servers = new Map<string, Server>();
  private readonly ports = new Map<string, number>();

  private constructor(
    private readonly configs: ReturnType<typeof scrapeConfigs>,
    private readonly copies: number,
  ) {}

  /** @param copies how many series of each tell the count, by their label `copy` */
  static async start(environment: Environment, copies = 1): Promise<CountedTargets> {
    const targets = new CountedTargets(scrapeConfigs(environment), copies);
    const addresses = new Set(
      targets.configs.flatMap(({ staticConfigs }) => staticConfigs.flatMap((config) => config.targets)),
    );
    const ports = await freePorts(addresses.size);
    await Promise.all([...addresses].map((address, index) => targets.serve(address, ports[index] ?? 0)));
    return targets;
  }

  /** Where a target of the environment is on this machine. */
  readonly addressOf = (address: string): string => {
    const port = this.ports.get(address);
    return port === undefined ? address : `127.0.0.1:${String(port)}`;
  };

  /** Ends all instances of a service. */
  end(service: string): void {
    const own = this.configs
      .flatMap(({ staticConfigs }) => staticConfigs)
      .filter(({ labels }) => labels?.service === service)
      .flatMap(({ targets }) => targets);
    if (own.length === 0) throw new Error(`There is no service ${service}.`);
    for (const address of own) this.close(address);
  }

  /** Starts those again that were ended, at the same addresses; their counts begin anew. */
  async startAgain(): Promise<void> {
    const ended = [...this.ports].filter(([address]) => !this.servers.has(address));
    await Promise.all(ended.map(([address, port]) => this.serve(address, port)));
  }

  stop(): void {
    for (const address of [...this.servers.keys()]) this.close(address);
  }

  private close(address: string): void {
    this.servers.get(address)?.closeAllConnections();
    this.servers.get(address)?.close();
    this.servers.delete(address);
  }

  private async serve(address: string, port: number): Promise<void> {
    let scrapes = 0;
    const server = createServer((_, response) => {
      scrapes += 1;
      response.setHeader("content-type", "text/plain; version=0.0.4");
      const lines = Array.from(
        { length: this.copies },
        (_each, copy) => `scrapes_total{copy="${String(copy + 1)}"} ${String(scrapes)}\n`,
      );
      response.end(`# TYPE scrapes_total counter\n${lines.join("")}`);
    });
    this.servers.set(address, server);
    this.ports.set(address, port);
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  }
}
