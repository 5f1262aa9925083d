import { listenAddresses, type Container } from "./containers";

/** Where the names and ports of the containers are on this machine. */
export class Addresses {
  private readonly local = new Map<string, string>();

  constructor(private readonly containers: readonly Container[]) {}

  /**
   * Says where a port of a container is here: by its names and addresses on the networks and by where the host publishes it; for a
   * container on the host's network by the address at which it listens there.
   * @param port port here, at 127.0.0.1
   */
  add(name: string, internal: number, port: number): void {
    const local = `127.0.0.1:${String(port)}`;
    this.local.set(`${name}:${String(internal)}`, local);
    const container = this.containers.find((each) => each.name === name);
    for (const other of container?.alsoAt ?? []) this.local.set(`${other}:${String(internal)}`, local);
    const published = container?.ports.find((each) => each.internal === internal);
    if (published) this.local.set(`127.0.0.1:${String(published.external)}`, local);
    if (container?.onHostNetwork !== true) return;
    for (const { host, port: own } of listenAddresses(container)) {
      if (own === internal) this.local.set(`${host}:${String(own)}`, local);
    }
  }

  /** Says where an address is here, both as `host:port`. */
  set(address: string, local: string): void {
    this.local.set(address, local);
  }

  /** Where an address is here, both as `host:port`; undefined when nothing of it is. */
  resolve(address: string): string | undefined {
    return this.local.get(address);
  }

  /** An address or URL with its host and port resolved; a text that is neither, or that is not here, as it is. */
  localize(text: string): string {
    const [, scheme = "", address = "", rest = ""] = /^(https?:\/\/)?([^/\s]+?)(\/\S*)?$/.exec(text) ?? [];
    const local = this.resolve(address);
    return local === undefined ? text : `${scheme}${local}${rest}`;
  }

  /** A text in which every address that the host publishes is the one here: that of a link that somebody follows. */
  localizeLinks(text: string): string {
    return text.replace(/(?<=:\/\/)127\.0\.0\.1:\d+/g, (address) => this.resolve(address) ?? address);
  }
}
