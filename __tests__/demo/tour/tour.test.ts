import { setTimeout as sleep } from "node:timers/promises";
import { NotNow, Tour } from "../../../demo/tour/tour";
import { ScriptedDemo } from "../../support/scripted-demo";
import { until } from "../../support/until";
import { criticalReceivers as receivers } from "../../support/critical-receivers";

describe("a tour", () => {
  let script: ScriptedDemo;
  let tour: Tour;
  const run = async () => (await tour.offers())[0]?.run;
  const reached = async (kind: string) =>
    (await run())?.steps.filter((step) => step.kind === kind).every(({ at }) => at !== undefined) === true;

  beforeEach(() => {
    script = new ScriptedDemo();
    tour = new Tour(script.demo, [
      script.fault,
      { ...script.fault, name: "disk", hindrance: "Only root can." },
    ]);
  });
  afterEach(() => tour.close());

  it("follows a fault from its begin to its end", async () => {
    await tour.begin("killed");
    expect(script.isDown).toBe(true);
    expect((await run())?.phase).toBe("broken");
    expect((await run())?.steps.filter(({ at }) => at !== undefined).map(({ kind }) => kind)).toEqual([
      "fault",
    ]);
    script.is("pending");
    await until(() => reached("pending"));
    script.is("firing");
    await until(() => reached("firing"));
    script.tell("firing");
    await until(() => reached("message"));
    await tour.mend("killed");
    expect(script.isDown).toBe(false);
    script.alerts = [];
    script.tell("resolved");
    await until(async () => (await run())?.isOpen === false);
    const kinds = (await run())?.steps.map(({ kind, receiver = "" }) => `${kind} ${receiver}`.trim());
    expect(kinds).toEqual([
      "fault",
      "pending",
      "firing",
      ...receivers.map((receiver) => `message ${receiver}`),
      "mended",
      ...receivers.map((receiver) => `resolved ${receiver}`),
    ]);
    const times = (await run())?.steps.map(({ at = NaN }) => at) ?? [];
    expect([...times].sort((a, b) => a - b)).toEqual(times);
  });

  it("is over, too, where it is mended before anybody was told", async () => {
    await tour.begin("killed");
    script.is("pending");
    await until(() => reached("pending"));
    await tour.mend("killed");
    script.alerts = [];
    await until(async () => (await run())?.isOpen === false);
    expect((await run())?.steps.some(({ kind, at }) => kind === "message" && at !== undefined)).toBe(false);
  });

  it("takes no earlier messages for those of the fault", async () => {
    script.tell("firing");
    await sleep(5);
    await tour.begin("killed");
    script.is("firing");
    await until(() => reached("firing"));
    expect(await reached("message")).toBe(false);
  });

  it("tells whoever listens when something has changed", async () => {
    let changes = 0;
    const stop = tour.onChange(() => {
      changes += 1;
    });
    await tour.begin("killed");
    const before = changes;
    expect(before).toBeGreaterThan(0);
    script.is("pending");
    await until(() => changes > before);
    stop();
    const after = changes;
    await tour.mend("killed");
    expect(changes).toBe(after);
  });

  it("refuses what cannot be done now, with the reason", async () => {
    await expect(tour.begin("disk")).rejects.toThrow("Only root can.");
    await expect(tour.begin("flood")).rejects.toThrow('found the fault "flood", allowed: killed, disk');
    await expect(tour.mend("killed")).rejects.toThrow("there is nothing to mend");
    await tour.begin("killed");
    await expect(tour.begin("killed")).rejects.toThrow("it is not over yet");
    await expect(tour.begin("killed")).rejects.toThrow(NotNow);
  });

  it("breaks nothing whose alert is there already", async () => {
    script.is("firing");
    await expect(tour.begin("killed")).rejects.toThrow("ServiceDown of api-gateway is there already");
    expect(script.isDown).toBe(false);
  });

  it("is still broken where the mending fails", async () => {
    const broken = { ...script.fault, mend: () => Promise.reject(new Error("It does not start.")) };
    const other = new Tour(script.demo, [broken]);
    await other.begin("killed");
    await expect(other.mend("killed")).rejects.toThrow("It does not start.");
    expect((await other.offers())[0]?.run?.phase).toBe("broken");
    await other.close();
  });
});
