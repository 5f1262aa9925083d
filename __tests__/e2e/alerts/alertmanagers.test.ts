import { setTimeout as sleep } from "node:timers/promises";
import type { SentAlert } from "../../../operations/clients/alertmanager-client";
import { isAbout } from "../../../demo/faults/fault";
import { requestJson } from "../../../operations/clients/json-client";
import { describeWithDemo } from "../../support/require-program";
import { fastMinutes, WatchedServices } from "../../support/watched-services";

const limitMs = 60_000;
/** As the container has it: what was told is on disk after this time. */
const onDiskMs = 6_000;
const alert = "ServiceDown";

jest.setTimeout(300_000);

const floods = { warning: "FloodWarning", critical: "FloodCritical" } as const;
type Severity = keyof typeof floods;

/** Time in which a repeated message would come: groups are looked at every minute, alerts sent again as often. */
const aFewMinutes = fastMinutes(3);

describeWithDemo("an Alertmanager that is killed and started again", () => {
  let watched: WatchedServices;

  beforeAll(async () => {
    watched = await WatchedServices.start(1);
    await watched.kill("api-gateway", "auth-service");
    await watched.told("api-gateway", "firing");
    await watched.told("auth-service", "firing");
    await sleep(onDiskMs);

    const alertmanager = watched.demo.program("alertmanager");
    await alertmanager.kill();
    await watched.kill("product-service");
    await watched.mend("api-gateway");
    await sleep(aFewMinutes);
    await alertmanager.restart();

    await watched.told("product-service", "firing");
    await watched.told("api-gateway", "resolved");
    await sleep(aFewMinutes);
  });
  afterAll(() => watched.demo.stop());

  it("tells what happened meanwhile, once", async () => {
    await watched.expectToldOnce("product-service", "firing");
  });

  it("tells what ended meanwhile, once", async () => {
    await watched.expectToldOnce("api-gateway", "resolved");
  });

  it("does not tell again what it told before", async () => {
    await watched.expectToldOnce("auth-service", "firing");
  });

  it("tells the end of what it told before, once", async () => {
    await watched.mend("auth-service", "product-service");
    await watched.told("auth-service", "resolved");
    await watched.told("product-service", "resolved");
    await sleep(aFewMinutes);
    await watched.expectToldOnce("auth-service", "resolved");
    await watched.expectToldOnce("product-service", "resolved");
  });

  describe("with 500 alerts at once", () => {
    const services = ["api-gateway", "auth-service", "order-service", "product-service", "stock-service"];
    const names = Array.from({ length: 100 }, (_, index) => `host-${String(index).padStart(3, "0")}`);

    function alerts(severity: Severity, endsAt: string): SentAlert[] {
      return services.flatMap((service) =>
        names.map((instance) => ({
          labels: { alertname: floods[severity], severity, service, instance, environment: "local" },
          annotations: { summary: `${instance} is flooded`, description: `Water is in ${instance}.` },
          endsAt,
        })),
      );
    }

    /** Sends them as Prometheus does, 64 at a time. */
    async function send(all: readonly SentAlert[]): Promise<void> {
      const [alertmanager] = watched.demo.alertmanagers;
      for (let next = 0; next < all.length; next += 64) await alertmanager?.send(all.slice(next, next + 64));
    }

    const titles = async (receiver: string, status: "firing" | "resolved", severity: Severity) =>
      (await watched.demo.inbox.messages({ receiver, status }))
        .map(({ title }) => title)
        .filter((title) => title.includes(floods[severity]))
        .sort();
    const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

    beforeAll(async () => {
      await send(alerts("warning", inAnHour()));
      await send(alerts("critical", inAnHour()));
      await sleep(fastMinutes(3));
      await send([
        ...alerts("warning", new Date().toISOString()),
        ...alerts("critical", new Date().toISOString()),
      ]);
      await sleep(fastMinutes(6));
    });

    it.each(["slack-team", "discord-alerts", "msteams-team"])(
      "of warnings tells %s once for each group, with all of it, and once of the end",
      async (receiver) => {
        expect(await titles(receiver, "firing", "warning")).toEqual(
          services.map((service) => `[FIRING: 100] FloodWarning · ${service} · local`),
        );
        expect(await titles(receiver, "resolved", "warning")).toEqual(
          services.map((service) => `[RESOLVED: 100] FloodWarning · ${service} · local`),
        );
      },
    );

    it("of critical ones, which do not wait, tells at most twice for each group, with all of it at last", async () => {
      const told = await titles("slack-critical", "firing", "critical");
      expect(told.length).toBeLessThanOrEqual(2 * services.length);
      expect(told).toEqual(
        expect.arrayContaining(services.map((service) => `[FIRING: 100] FloodCritical · ${service} · local`)),
      );
      expect(await titles("slack-critical", "resolved", "critical")).toHaveLength(services.length);
    });

    it("lists as many as a message can hold, and says how many more there are", async () => {
      const messages = await watched.demo.inbox.messages({ receiver: "slack-team", status: "firing" });
      // A machine that is busy itself has alerts of its own there.
      const message = messages.find(({ title }) => title.includes(floods.warning));
      expect(message?.text).toContain("host-000 is flooded");
      expect(message?.text).toMatch(/\d+ more/);
    });
  });

  it("tells of a service that is down, and not of the errors that come of it", async () => {
    const about = { service: "stock-service", environment: "local" };
    const annotations = { summary: "It fails", description: "It fails." };
    const [alertmanager] = watched.demo.alertmanagers;
    await alertmanager?.send([
      { labels: { ...about, alertname: alert, severity: "critical" }, annotations },
      { labels: { ...about, alertname: "HighErrorRatio", severity: "critical" }, annotations },
    ]);
    await watched.demo.inbox.message(
      (each) => each.receiver === "slack-critical" && isAbout({ alert, service: "stock-service" }, each),
      limitMs,
    );
    await sleep(aFewMinutes);
    const messages = await watched.demo.inbox.messages();
    expect(
      messages.filter((each) => isAbout({ alert: "HighErrorRatio", service: "stock-service" }, each)),
    ).toEqual([]);
  });
});

describeWithDemo("two Alertmanagers, of which either dies", () => {
  let watched: WatchedServices;

  async function peers(count: number): Promise<void> {
    for (const end = Date.now() + limitMs; ; await sleep(100)) {
      const found = await Promise.all(
        watched.demo.alertmanagers.map(({ url }) =>
          requestJson<{ cluster: { peers: unknown[] } }>(`${url}/api/v2/status`),
        ),
      );
      if (found.every(({ cluster }) => cluster.peers.length === count)) return;
      if (Date.now() > end) throw new Error("The cluster is not whole.");
    }
  }

  const programOf = (index: number) => {
    const url = watched.demo.alertmanagers[index]?.url;
    const program = watched.demo.programs.find((each) => each.url === url);
    if (!program) throw new Error("There are no two Alertmanagers.");
    return program;
  };

  beforeAll(async () => {
    watched = await WatchedServices.start(2);
    await peers(2);
    await watched.kill("api-gateway");
    await watched.told("api-gateway", "firing");

    await programOf(0).kill();
    await watched.kill("product-service");
    await watched.told("product-service", "firing");
    await programOf(0).restart();
    await peers(2);

    await programOf(1).kill();
    await watched.kill("auth-service");
    await watched.told("auth-service", "firing");
    await programOf(1).restart();
    await peers(2);
    await sleep(aFewMinutes);
  });
  afterAll(() => watched.demo.stop());

  it.each(["api-gateway", "product-service", "auth-service"] as const)("tells of %s once", (service) =>
    watched.expectToldOnce(service, "firing"),
  );

  it("tells the end of each once", async () => {
    const services = ["api-gateway", "product-service", "auth-service"] as const;
    await watched.mend(...services);
    for (const service of services) await watched.told(service, "resolved");
    await sleep(aFewMinutes);
    for (const service of services) await watched.expectToldOnce(service, "resolved");
  });
});
