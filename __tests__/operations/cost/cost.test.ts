import { costOf } from "../../../operations/cost/cost";
import { type Prices, prices, tiered } from "../../../operations/cost/prices";
import { costJson, costText } from "../../../operations/cost/report";
import { seriesIn } from "../../../signals/volume/series";
import { watchedOf } from "../../../stacks/system";
import { parseEnvironment } from "../../support/environments";
import { prod } from "../../support/environments/prod";

const environment = parsed({});
const watched = watchedOf(environment);
const settings = { openValues: 10, hours: 8, prometheus: undefined, prices } as const;

it("a third of the time between scrapes is thrice the samples, and thrice their cost where one tier holds", async () => {
  const quick = parsed({ scrapeInterval: "5s", scrapeTimeout: "5s" });
  const flat: Prices = {
    ...prices,
    managedPrometheus: { ...prices.managedPrometheus, sample: [{ upTo: Infinity, dollars: 1e-7 }] },
  };
  const [usual, often] = await Promise.all(
    [watched, watchedOf(quick)].map((each) => costOf(each, { ...settings, prices: flat })),
  );
  const taken = [usual, often].map((report) => report?.bills[1]?.items[0]?.dollars.most ?? 0);
  expect(taken[0]).toBeGreaterThan(0);
  expect(Number(often?.samples.most) / Number(usual?.samples.most)).toBeCloseTo(3);
  expect(Number(taken[1]) / Number(taken[0])).toBeCloseTo(3);
});

it.each([
  [0, 0],
  [2e9, 180],
  [3e9, 180 + 35],
  [252e9, 180 + 8_750],
  [253e9, 180 + 8_750 + 16],
])("%p samples cost %p dollars", (samples, dollars) => {
  expect(tiered(prices.managedPrometheus.sample, samples)).toBeCloseTo(dollars, 6);
});

it("each price says where and when it was read", () => {
  const { region, ...sources } = prices;
  expect(region).toMatch(/^[a-z]+-[a-z]+-\d$/);
  for (const { url, read } of Object.values(sources)) {
    expect(url).toMatch(/^https:\/\/aws\.amazon\.com\//);
    expect(new Date(read).toISOString()).toBe(`${read}T00:00:00.000Z`);
  }
});

it("is read in 80 columns, and its sums are those of its lines", async () => {
  const report = await costOf(watched, settings);
  const text = costText(report, 80);
  expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
  for (const { engine, items, dollars } of report.bills) {
    expect(text).toContain(engine);
    expect(items.reduce((sum, item) => sum + item.dollars.most, 0)).toBeCloseTo(dollars.most, 6);
  }
  const json = JSON.parse(JSON.stringify(costJson(report))) as { series: { series: { most: number } }[] };
  const inJson = json.series.reduce((sum, { series }) => sum + series.most, 0);
  expect(inJson).toBe(seriesIn(report.stored).most);
});

function parsed(prometheus: Partial<(typeof prod)["prometheus"]>) {
  return parseEnvironment({ ...prod, prometheus: { ...prod.prometheus, ...prometheus } }, "prod");
}
