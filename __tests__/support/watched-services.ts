import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "../../demo/demo";
import { isAbout } from "../../demo/faults/fault";
import type { Environment } from "../../environments";
import type { Service } from "../../metrics/targets";
import { startTestDemo } from "./test-demo";

const speed = 15;
const limitMs = 60_000;
const alert = "ServiceDown";
/** Who is told of critical alerts in `local`, as the inbox names them. */
const receivers = ["slack-critical", "ops@example.com", "pagerduty-on-call", "webhook-incidents"];

/** How many milliseconds some of the demo's minutes take. */
export function fastMinutes(count: number): number {
  return (count * 60_000) / speed;
}

/** What `counts` gives when every receiver was told as often. */
export function everywhere(counts: string): Readonly<Record<string, string>> {
  return Object.fromEntries(receivers.map((receiver) => [receiver, counts]));
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

  /** How often each receiver was told of a service, as `firing resolved`. */
  async counts(service: Service): Promise<Readonly<Record<string, string>>> {
    const about = (await this.demo.inbox.messages()).filter((each) => isAbout({ alert, service }, each));
    const count = (receiver: string, status: string) =>
      about.filter((each) => each.receiver === receiver && each.status === status).length;
    return Object.fromEntries(
      receivers.map((receiver) => [
        receiver,
        `${String(count(receiver, "firing"))} ${String(count(receiver, "resolved"))}`,
      ]),
    );
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
