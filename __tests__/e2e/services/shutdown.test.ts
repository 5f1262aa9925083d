import { Agent, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunningServices } from "../../../demo/services";
import { startTestServices } from "../../support/running-services";

/** Sends requests over keep-alive connections, one after the other on each, until told to stop. */
class Load {
  readonly statuses: number[] = [];
  /** Requests without an answer on a connection that had answered before, by the failure's code. */
  readonly broken: string[] = [];
  private refused = false;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 20 });

  constructor(private readonly url: string) {}

  async run(connections: number): Promise<void> {
    await Promise.all(Array.from({ length: connections }, () => this.client()));
    this.agent.destroy();
  }

  /** Goes on until the service takes no more connections, which it may refuse as it has accepted nothing then. */
  private async client(): Promise<void> {
    while (!this.refused) {
      try {
        this.statuses.push(await this.request());
      } catch (error) {
        const code = String((error as NodeJS.ErrnoException).code);
        // A connection that was made in the kernel, but that the service had not yet accepted, is reset.
        const isNew = code === "ECONNRESET" && !(error as { reusedSocket?: boolean }).reusedSocket;
        if (code === "ECONNREFUSED") this.refused = true;
        else if (!isNew) this.broken.push(code);
      }
    }
  }

  private request(): Promise<number> {
    return new Promise((resolve, reject) => {
      get(
        this.url,
        { agent: this.agent, headers: { "x-fault": Math.random() < 0.1 ? "slow" : "none" } },
        (response) => {
          response.resume().on("end", () => {
            resolve(response.statusCode ?? 0);
          });
          response.on("error", reject);
        },
      ).on("error", reject);
    });
  }
}

describe("a service that gets SIGTERM under load", () => {
  const logged: { name: string; msg: string; route?: string; status?: number }[] = [];
  let services: RunningServices;
  beforeAll(async () => {
    services = await startTestServices({
      env: { FAULT_INJECTION: "on", LOG_LEVEL: "info" },
      onLine: (_service, line) => {
        if (line.startsWith("{")) logged.push(JSON.parse(line) as (typeof logged)[number]);
      },
    });
  });
  afterAll(() => services.stop());

  it.each(["api-gateway", "product-service"] as const)(
    "drops no request that it had accepted: %s",
    async (service) => {
      const path = service === "api-gateway" ? "/api/products/products" : "/products";
      const logBefore = logged.filter((line) => line.name === service && line.msg === "request").length;
      const load = new Load(services.urls[service] + path);
      const running = load.run(20);
      await sleep(1_500);
      const before = load.statuses.length;
      const exit = await services.processes[service].stop();
      await running;
      expect(exit).toEqual({ code: 0, signal: null });
      expect(load.broken).toEqual([]);
      expect(new Set(load.statuses)).toEqual(new Set([200]));
      // Whatever the service took up came to an end at the client.
      const taken = logged.filter((line) => line.name === service && line.msg === "request").slice(logBefore);
      expect(taken.length).toBe(load.statuses.length);
      expect(new Set(taken.map(({ status }) => status))).toEqual(new Set([200]));
      expect(before).toBeGreaterThan(100);
      expect(load.statuses.length).toBeGreaterThan(before);
    },
  );
});

describe("a service whose requests do not end", () => {
  it("ends with status 1 at SHUTDOWN_TIMEOUT_MS", async () => {
    const services = await startTestServices({
      env: { FAULT_INJECTION: "on", SHUTDOWN_DRAIN_MS: "0", SHUTDOWN_TIMEOUT_MS: "500" },
    });
    try {
      const answer = fetch(`${services.urls["product-service"]}/products`, {
        headers: { "x-fault": "slow=9000" },
      });
      answer.catch(() => undefined);
      await sleep(300);
      const start = performance.now();
      expect(await services.processes["product-service"].stop()).toEqual({ code: 1, signal: null });
      expect(performance.now() - start).toBeGreaterThan(450);
      expect(performance.now() - start).toBeLessThan(3_000);
      await expect(answer).rejects.toThrow();
    } finally {
      await services.stop();
    }
  });
});
