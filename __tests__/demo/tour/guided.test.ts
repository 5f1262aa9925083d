import { setTimeout as sleep } from "node:timers/promises";
import { guidedTour, type TourTerminal } from "../../../demo/tour/guided";
import { Tour } from "../../../demo/tour/tour";
import { ScriptedDemo } from "../../support/scripted-demo";
import { until } from "../../support/until";

/** A terminal that a test types at. */
class TypedTerminal implements TourTerminal {
  printed = "";
  private readonly waiting: ((line: string) => void)[] = [];

  print(text: string): void {
    this.printed += `${text}\n`;
  }

  line(): Promise<string> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Types a line when this has been printed, and a line is waited for. */
  async type(line: string, after: string | RegExp): Promise<void> {
    await this.has(after);
    await until(() => this.waiting.length > 0);
    this.waiting.shift()?.(line);
  }

  async has(text: string | RegExp): Promise<void> {
    for (const end = Date.now() + 30_000; !new RegExp(text).test(this.printed); await sleep(10)) {
      if (Date.now() > end) throw new Error(`${String(text)} is not printed:\n${this.printed}`);
    }
  }
}

describe("a guided tour", () => {
  let script: ScriptedDemo;
  let tour: Tour;
  let terminal: TypedTerminal;
  let over: AbortController;

  beforeEach(() => {
    script = new ScriptedDemo();
    const second = { ...script.fault, name: "second", title: "The second" };
    const third = { ...script.fault, name: "third", title: "The third", hindrance: "Only root can." };
    tour = new Tour(script.demo, [script.fault, second, third]);
    terminal = new TypedTerminal();
    over = new AbortController();
  });
  afterEach(() => tour.close());

  it("says what will happen, breaks, tells what comes, mends and tells its end, each after Enter", async () => {
    const taken = guidedTour(tour, terminal, over.signal);
    await terminal.has("Enter breaks it");
    expect(terminal.printed).toContain(
      "1 of 3: Kill a service\nIt is killed.\nServiceDown of api-gateway is pending after",
    );
    expect(script.isDown).toBe(false);
    await terminal.type("", "Enter breaks it");
    await terminal.has("Enter mends it, at any time");
    expect(script.isDown).toBe(true);
    script.is("firing");
    await terminal.has(/\d\.\d s {2}ServiceDown of api-gateway fires, at best \d+\.\d s/);
    script.tell("firing");
    await terminal.has(/\d\.\d s {2}message at slack-critical, at best/);
    await terminal.type("", "All are told. Enter mends it.");
    await terminal.has(/s {2}mended\n/);
    expect(script.isDown).toBe(false);
    script.alerts = [];
    script.tell("resolved");
    await terminal.has("resolved at webhook-incidents");
    await terminal.type("", "It is over. Enter goes on.");
    await terminal.type("s", "2 of 3: The second[^]*Enter breaks it");
    await terminal.has("3 of 3: The third\nIt is killed.\nNot here: Only root can.");
    expect(script.isDown).toBe(false);
    await terminal.type("", "That was the tour. Enter ends the demo.");
    await taken;
  });

  it("waits where the alert is still there", async () => {
    script.is("pending");
    const taken = guidedTour(tour, terminal, over.signal);
    await terminal.type("", "Enter breaks it");
    await terminal.has("is there already: it must be over first. It is broken as soon as that is so.");
    expect(script.isDown).toBe(false);
    script.alerts = [];
    await terminal.has("Enter mends it, at any time");
    expect(script.isDown).toBe(true);
    await terminal.type("q", "at any time");
    await taken;
  });

  it("ends by q, and with the demo", async () => {
    const taken = guidedTour(tour, terminal, over.signal);
    await terminal.type("q", "Enter breaks it");
    await taken;
    const other = guidedTour(tour, terminal, over.signal);
    over.abort();
    await other;
    expect(script.isDown).toBe(false);
  });
});
