import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { KnownSeries, Labels } from "../../dashboards/known-traffic/series";

/** Milliseconds between two samples of a series. */
const spacing = 5_000;

/**
 * Targets, a page for each job, whose samples carry the times that they are of: every five seconds, and shown five seconds
 * before. Whoever scrapes them every second has the very same samples, whenever it does.
 */
export class StampedTargets {
  private readonly server: Server;
  private isOpen = false;

  /**
   * @param pages series by job
   * @param at the known time whose values they have: counters grow as they do then, and gauges stand still
   */
  constructor(
    private readonly pages: ReadonlyMap<string, readonly KnownSeries[]>,
    private readonly at: number,
  ) {
    this.server = createServer(({ url = "" }, response) => {
      response.writeHead(200, { "content-type": "text/plain; version=0.0.4" });
      response.end(this.page(decodeURIComponent(url.slice(1))));
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** Until then the pages are there, but empty. */
  open(): void {
    this.isOpen = true;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }

  private page(job: string): string {
    if (!this.isOpen) return "";
    const time = (Math.floor(Date.now() / spacing) + 1) * spacing;
    const lines = (this.pages.get(job) ?? []).map(({ name, labels, at, isCounter }) => {
      const value = at(this.at);
      const shown = isCounter ? value * (time / 1_000 - 1_700_000_000) : value;
      return `${name}${inBraces(labels)} ${String(shown)} ${String(time)}\n`;
    });
    return lines.join("");
  }
}

/** The series of a program's page, each standing still, with further labels. */
export function seriesOfPage(text: string, labels: Labels): KnownSeries[] {
  return text.split("\n").flatMap((line) => {
    const [, name, inside = "", value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined) return [];
    const own = Object.fromEntries(
      [...inside.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = "", written = ""]) => [
        label,
        JSON.parse(`"${written}"`) as string,
      ]),
    );
    const number = Number(String(value).replace("Inf", "Infinity"));
    return [{ name, labels: { ...own, ...labels }, at: () => number, isCounter: false }];
  });
}

function inBraces(labels: Labels): string {
  const texts = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `{${texts.join(",")}}`;
}
