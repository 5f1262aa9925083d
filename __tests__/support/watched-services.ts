import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { Demo } from "../../demo/demo";
import { isAbout } from "../../demo/faults/fault";
import type { Environment } from "../../environments";
import type { Service } from "../../shop/metrics/services";
import { startTestDemo } from "./test-demo";
import { criticalReceivers as receivers } from "./critical-receivers";

const speed = 15;
const limitMs = 60_000;
const alert = "ServiceDown";

/** How many milliseconds some of the demo's minutes take. */
export function fastMinutes(count: number): number {
  return (count * 60_000) / speed;
}

/** The demo at fifteen times the speed, whose services a test kills and mends. */
export class WatchedServices {
  private constructor(readonly demo: Demo) {}

  static async start(replicas: 1 | 2): Promise<WatchedServices> {
    const demo = await startTestDemo({
      ports: "free",
      environment: (local: Environment) => ({ ...local, alerting: { ...local.alerting, replicas } }),
      speed,
    });
    await demo.prometheus?.allUp(limitMs);
    return new WatchedServices(demo);
  }

  /** Kills services, and waits until Prometheus fires for each. */
  async kill(...services: readonly Service[]): Promise<void> {
    await Promise.all(services.map((service) => this.demo.program(service).kill()));
    for (const service of services) await this.fires(service, true);
  }

  /** Starts services again, and waits until Prometheus fires for none of them. */
  async mend(...services: readonly Service[]): Promise<void> {
    for (const service of services) {
      await this.demo.program(service).restart();
      await this.fires(service, false);
    }
  }

  /** Waits until every receiver knows. */
  async told(service: Service, status: "firing" | "resolved"): Promise<void> {
    for (const receiver of receivers) {
      const about = { alert, service };
      await this.demo.inbox.message((each) => isAbout(about, each), limitMs, { receiver, status });
    }
  }

  /**
   * Asserts that every receiver was told of each time that Prometheus fired for a service, and of its end, once.
   * Prometheus fires once for a service that is killed, and again for one whose answers a busy machine holds up; what
   * fires again before its group's next look is no news.
   * @param status what was told last
   */
  async expectToldOnce(service: Service, status: "firing" | "resolved"): Promise<void> {
    const fired = await this.timesFired(service);
    expect(fired).toBeGreaterThan(0);
    const about = (await this.demo.inbox.messages()).filter((each) => isAbout({ alert, service }, each));
    const told = receivers.map((receiver) => {
      const count = (wanted: string) =>
        about.filter((each) => each.receiver === receiver && each.status === wanted).length;
      return { receiver, firing: count("firing"), resolved: count("resolved") };
    });
    const wanted = told.map(({ receiver, firing }) => {
      const times = Math.min(Math.max(firing, 1), fired);
      return { receiver, firing: times, resolved: status === "resolved" ? times : times - 1 };
    });
    if (isDeepStrictEqual(told, wanted)) return;
    const messages = about
      .map(({ receiver, status: each, receivedAt }) => `${receivedAt} ${each} ${receiver}`)
      .sort();
    throw new Error(
      `Prometheus fired ${String(fired)} times for ${service}, and the receivers were told:\n${messages.join("\n")}`,
    );
  }

  /** How many times Prometheus has fired for a service: as many as there are moments from which it did. */
  private async timesFired(service: Service): Promise<number> {
    const about = `alertname="${alert}",service="${service}"`;
    const [firing, since] = await Promise.all([
      this.samples(`ALERTS{${about},alertstate="firing"}[1h]`),
      this.samples(`ALERTS_FOR_STATE{${about}}[1h]`),
    ]);
    const evaluations = new Set(firing.map(([time]) => time));
    return new Set(since.filter(([time]) => evaluations.has(time)).map(([, value]) => value)).size;
  }

  private async samples(query: string): Promise<readonly (readonly [time: number, value: string])[]> {
    const answer = await this.demo.prometheus?.get<{ result: { values: [number, string][] }[] }>(
      `/api/v1/query?query=${encodeURIComponent(query)}`,
    );
    return answer?.result.flatMap(({ values }) => values) ?? [];
  }

  private async fires(service: Service, wanted: boolean): Promise<void> {
    for (const end = Date.now() + limitMs; ; await sleep(100)) {
      const alerts = (await this.demo.prometheus?.alerts()) ?? [];
      const found = alerts.some(
        ({ labels, state }) => labels.alertname === alert && labels.service === service && state === "firing",
      );
      if (found === wanted) return;
      if (Date.now() > end)
        throw new Error(`${alert} of ${service} ${wanted ? "does not fire" : "still fires"}.`);
    }
  }
}
