import { join } from "node:path";
import { askedOf, startMachines, type AskedOfMachines } from "../../support/machines-asked";
import { machineName } from "../../support/machines-history";
import { type MachinesPrometheus, realExposition } from "../../support/machines-prometheus";
import { nodeExporterProgram, prometheusProgram, promtool } from "../../support/programs";
import { describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";

jest.setTimeout(900_000);

const many = 200;
/** Prometheus's own default. */
const maxSamples = 50_000_000;
/** More lines than that nobody tells apart. */
const mostSeries = 20;

describeWith([promtool, prometheusProgram, nodeExporterProgram], "what is asked of machines", () => {
  const folder = temporaryFolder();
  const running: MachinesPrometheus[] = [];
  const asked = new Map<number, AskedOfMachines>();

  beforeAll(async () => {
    const exposition = await realExposition();
    for (const machines of [1, many]) {
      const prometheus = await startMachines(join(folder(), String(machines)), exposition, machines);
      running.push(prometheus);
      asked.set(machines, await askedOf(prometheus));
    }
  });

  afterAll(async () => {
    await Promise.all(running.map((each) => each.stop()));
  });

  const of = (machines: number) => asked.get(machines) ?? { overview: [], page: [], rules: [] };

  it.each([1, many])(
    "of %d: no query needs more than a tenth of the samples that it may load",
    (machines) => {
      const { overview, page, rules } = of(machines);
      const all = [...overview, ...page, ...rules];
      expect(all.length).toBeGreaterThan(50);
      const greedy = all.filter(({ cost }) => !(cost.peakSamples <= maxSamples / 10));
      expect(greedy.map(({ name, cost }) => [name, cost.peakSamples])).toEqual([]);
    },
  );

  it.each([1, many])("of %d: no panel has more series than one tells apart", (machines) => {
    const { overview, page } = of(machines);
    const tooMany = [...overview, ...page].filter(({ answer }) => answer.length > mostSeries);
    expect(tooMany.map(({ name, answer }) => [name, answer.length])).toEqual([]);
  });

  it("of 200: the ten fullest are drawn at each point, none in pieces", () => {
    const { overview } = of(many);
    for (const name of ["CPU: A", "Memory: A", "Load per core: A"]) {
      const lines = overview.find((each) => each.name === name)?.answer ?? [];
      expect([name, lines.length]).toEqual([name, 10]);
      const lengths = new Set(lines.map(({ samples }) => samples.length));
      expect([name, lengths.size]).toEqual([name, 1]);
    }
  });

  it.each([
    [1, 1, 0],
    [many, many, 1],
  ])("of %d: the overview counts %d machines, %d of them down", (machines, servers, down) => {
    const value = (name: string) =>
      of(machines)
        .overview.find((each) => each.name === name)
        ?.answer[0]?.samples.at(-1)?.value;
    expect([value("Total servers: A"), value("Total servers: B")]).toEqual([servers, down]);
  });

  it("of 200: HostDown names the one that is gone", () => {
    const found = of(many).rules.find(({ name }) => name === "HostDown, critical")?.answer ?? [];
    expect(found.map(({ metric }) => metric.instance)).toEqual([machineName(many - 1)]);
  });

  it("of 200: the page of one machine shows it alone", () => {
    const instances = of(many).page.flatMap(({ answer }) =>
      answer.flatMap(({ metric }) => metric.instance ?? []),
    );
    expect(instances.length).toBeGreaterThan(20);
    expect([...new Set(instances)]).toEqual([machineName(0)]);
  });
});
