import { type Edit, edited } from "../support/edit";
import { problems, problemsOf } from "../support/environment-problems";
import { type EnvironmentInput, parseEnvironment } from "../support/environments";
import { local } from "../support/environments/local";

const withLoki = (loki: object): EnvironmentInput => ({ ...local, loki });

it("keeps lines for a week unless another time is said", () => {
  expect(parseEnvironment(withLoki({}), "local.ts").loki).toEqual({
    retentionTime: "7d",
    ingestionMbPerSecond: 4,
    limits: { memoryMb: 1024, cpus: 1 },
  });
});

it.each<[string, object, string]>([
  [
    "lines that are kept for less than a day",
    { retentionTime: "12h" },
    `loki.retentionTime: found "12h", allowed: a duration such as "15s" or "1h30m", from 1d to 10y`,
  ],
  [
    "a rate of nothing",
    { ingestionMbPerSecond: 0 },
    "loki.ingestionMbPerSecond: found 0, allowed: a whole number from 1 to 1000",
  ],
  ["a port of the host, as it is published nowhere", { hostPort: 3100 }, "loki.hostPort: found"],
])("refuses %s", (_, loki, problem) => {
  expect(problemsOf(withLoki(loki))).toEqual([expect.stringContaining(problem)]);
});

it("goes with a log shipper, which may send to it alone", () => {
  const { logShipper, ...without } = local;
  expect(logShipper).toBeDefined();
  expect(problemsOf(without)).toContainEqual(
    expect.stringContaining("logShipper: found nothing, allowed: {}, which sends lines to"),
  );
  const edits: Edit[] = [
    ["cloudwatch.logs", undefined],
    ["cloudwatch.alarms.errorLines", undefined],
  ];
  expect(problemsOf(edited(local, ...edits))).toEqual([]);
});

it("refuses a service of its name", () => {
  expect(problems(["services.0.name", "loki"])).toContainEqual(
    expect.stringMatching(/services\[0\]\.name: found "loki", allowed: a name that the monitoring/),
  );
});
