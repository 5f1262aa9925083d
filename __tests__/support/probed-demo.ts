import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "../../demo/demo";
import { Customers } from "./customers";
import { edited } from "./edit";
import { parseEnvironment, type Environment } from "./environments";
import { local } from "./environments/local";
import { Front } from "./front";
import { startTestDemo } from "./test-demo";
import { writeTrafficHistory } from "./traffic-history";

/** The service at which customers come in. */
export const gateway = "api-gateway";

const journeysPerSecond = 8;
const startMs = 120_000;

/** A demo whose gateway customers reach, and the blackbox exporter asks, by what stands in front of it. */
export interface ProbedDemo {
  readonly demo: Demo;
  readonly front: Front;
  /** Who comes in there. */
  readonly customers: Customers;
  stop(): Promise<void>;
}

/**
 * Starts one, and waits until the rates of five minutes are those of its customers.
 * @param folder an empty one
 * @param usual requests a second that services have had for a week. More than ten times those of the probes, which come
 * more often than as deployed, too
 * @param speed how many times faster than in production
 */
export async function startProbedDemo(
  folder: string,
  usual: Readonly<Record<string, number>>,
  speed: number,
): Promise<ProbedDemo> {
  const front = await Front.start();
  const data = writeTrafficHistory(folder, usual, speed);
  const demo = await startTestDemo({
    ports: "free",
    speed,
    environment: () => environmentBehind(front),
    flags: { prometheus: { "storage.tsdb.path": data } },
  });
  front.passTo(demo.serviceUrls[gateway]);
  const customers = new Customers(new URL(front.url), journeysPerSecond);
  const stop = async () => {
    await customers.stop();
    await demo.stop();
    await front.stop();
  };
  await demo.prometheus?.allUp(startMs);
  await sleep(360_000 / speed);
  return { demo, front, customers, stop };
}

function environmentBehind(front: Front): Environment {
  const services = local.services.map((service) =>
    service.name === gateway
      ? { ...service, publicUrl: front.url, probe: { text: `"service":"${gateway}"` } }
      : service,
  );
  return parseEnvironment(edited(local, ["services", services], ["blackboxExporter", {}]), "local.ts");
}
