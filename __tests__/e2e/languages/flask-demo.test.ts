import { identify, isAlive } from "../../../demo/process-identity";
import { checkContract } from "../../../metrics/contract/check";
import { scrape } from "../../../metrics/contract/scrape";
import { DemoCommand } from "../../support/demo-command";
import { pythonServices } from "../../support/languages/programs";
import { describeWith } from "../../support/require-program";
import { catalogue } from "../../support/system";

/** The packages are installed the first time. */
const startMs = 240_000;

jest.setTimeout(300_000);

describeWith([pythonServices], "npm run demo -- --python", () => {
  let demo: DemoCommand;

  beforeAll(() => {
    demo = new DemoCommand(["--json", "--python", "--free-ports", "--no-traffic"]);
  });
  afterAll(async () => {
    await demo.interrupt();
  });

  it("runs the services that there are in Python, measured as the catalogue has it", async () => {
    const { programs } = await demo.event("started", startMs);
    for (const service of ["auth-service", "order-service"]) {
      const url = programs.find(({ name }) => name === service)?.url ?? "";
      const scraped = await scrape(new URL(url));
      expect([...scraped.families.keys()]).toEqual(expect.arrayContaining(["python_info"]));
      expect([service, checkContract(scraped, { catalogue, service })]).toEqual([service, []]);
    }
  });

  it("ends with all of them on Ctrl-C", async () => {
    const { programs } = await demo.event("started", startMs);
    const running = programs.map(({ pid }) => identify(pid)).filter((each) => each !== undefined);
    expect(running).toHaveLength(programs.length);
    await demo.interrupt();
    await demo.event("stopped", 0);
    expect(running.filter(isAlive)).toEqual([]);
  });
});
