import type { Demo } from "../../../demo/demo";
import { killed } from "../../../demo/faults/killed";
import type { Fault } from "../../../demo/faults/fault";
import { flaskServices } from "../../../demo/flask/services";
import { tell, type Route, type Story } from "../../support/alert-fault";
import { failingValidations, openShop, ordersFailing } from "../../support/demo-faults";
import { pythonServices } from "../../support/languages/programs";
import { demoPrograms, describeWith } from "../../support/require-program";
import { startTestDemo } from "../../support/test-demo";
import { criticalReceivers } from "../../support/critical-receivers";

const speed = 15;
const limitMs = 150_000;
const critical: Route = {
  receivers: criticalReceivers,
  groupWaitMs: 20_000 / speed,
};

jest.setTimeout(6 * limitMs);

describeWith([...demoPrograms, pythonServices], "faults of services in Flask", () => {
  let demo: Demo;
  const begun = new Map<string, Fault>();
  const stories = new Map<string, Story>();

  beforeAll(async () => {
    demo = await startTestDemo({ ports: "free", speed, instead: flaskServices(pythonServices.name) });
    await demo.prometheus?.allUp(60_000);
    const shop = await openShop(demo.serviceUrls, speed);
    // One after the other: an order service that is down holds back what else is wrong with it.
    for (const fault of [
      killed(demo.program("order-service")),
      failingValidations(shop),
      ordersFailing(shop),
    ]) {
      begun.set(fault.alert, fault);
      stories.set(fault.alert, await tell(demo, fault, critical, limitMs));
    }
  });
  afterAll(async () => {
    for (const { after } of begun.values()) await after?.();
    await demo.stop();
  });

  it.each(["ServiceDown", "HighErrorRatio", "OrdersFailing"])(
    "%s reaches all who are to know, says what is wrong, and is told to be over",
    (alert) => {
      const fault = begun.get(alert);
      const story = stories.get(alert);
      expect(fault?.says.length).toBeGreaterThan(0);
      expect(story?.firing).toHaveLength(critical.receivers.length);
      expect(story?.resolved).toHaveLength(critical.receivers.length);
      for (const { title, text, payload } of story?.firing ?? []) {
        const content = `${title}\n${text}\n${JSON.stringify(payload)}`;
        for (const words of fault?.says ?? []) expect(content).toMatch(words);
      }
    },
  );
});
