import { drawingOf } from "../../signals/bundles";
import { keyOf } from "../../signals/model";
import { picture } from "../../signals/picture";
import { signalsOf } from "../../signals/signals";
import { signalTables } from "../../signals/tables";
import { entryOf } from "../../metrics/families";
import { watchedOf } from "../../stacks/system";
import { loadEnvironments, parseEnvironment } from "../support/environments";
import { dev } from "../support/environments/dev";
import { local } from "../support/environments/local";
import { catalogue } from "../support/system";

/** The names of metrics: of one that is being renamed, both. */
const namesOf = (...names: readonly string[]) =>
  names.flatMap((name) => {
    const { formerly } = entryOf(catalogue, name) ?? {};
    return formerly === undefined ? [name] : [name, formerly];
  });
const all = loadEnvironments(undefined).map((environment) => signalsOf(watchedOf(environment)));
const named = all.map((signals) => [signals.environment, signals] as const);

describe.each(named)("the signals of %s", (_, signals) => {
  const { producers, readers, carriers } = signals;

  it("every reader reads what somebody produces", () => {
    const keys = producers.map(keyOf);
    expect(readers.flatMap(({ reads }) => reads).filter((key) => !keys.includes(key))).toEqual([]);
    expect(readers.filter(({ reads }) => reads.length === 0)).toEqual([]);
  });

  it("everything that is produced is read, but for what Alertmanager and the heartbeats take", () => {
    const read = new Set(readers.flatMap(({ reads }) => reads));
    const unread = producers.filter((each) => !read.has(keyOf(each))).map(({ kind }) => kind);
    expect(unread.filter((kind) => kind !== "heartbeat" && kind !== "rules")).toEqual([]);
  });

  it("every alert and alarm reaches somebody, or the environment says why not", () => {
    const told = new Set(carriers.flatMap(({ from }) => Object.keys(from)));
    const raising = readers.filter(({ raises }) => Object.values(raises).some((count) => count > 0));
    expect(raising.filter((each) => !told.has(keyOf(each)))).toEqual([]);
    const silent = carriers.filter(({ tells }) => tells.startsWith("nobody"));
    expect(signals.leftOut.filter(({ kind }) => kind === "subscriber")).toHaveLength(silent.length);
  });

  it("every carrier carries something", () => {
    expect(carriers.filter(({ from }) => Object.keys(from).length === 0)).toEqual([]);
  });

  it("the picture has a box of each, and lines between boxes alone", () => {
    const { columns, lines } = drawingOf(signals);
    const [gives, reads, tells] = columns.map((boxes) => boxes.map(({ key }) => key));
    expect(reads).toEqual(readers.map(keyOf));
    expect(tells).toEqual(carriers.map(keyOf));
    for (const { from, to, of } of lines) {
      expect(of === "signals" ? gives : reads).toContain(from);
      expect(of === "signals" ? reads : tells).toContain(to);
    }
    const svg = picture(signals);
    expect(svg.match(/<path class="/g)).toHaveLength(lines.length + 4);
    expect(svg.match(/<rect class="box"/g)).toHaveLength(columns.flat().length);
  });
});

it("says what is left out of an environment with one service of its own, and why", () => {
  const services = [
    { name: "payment-service", image: "ghcr.io/a/payment:1.0.0", port: 8000, healthCheck: ["true"] },
  ];
  const { leftOut, readers, producers } = signalsOf(
    watchedOf(parseEnvironment({ ...dev, services }, "dev.ts")),
  );

  expect(producers.filter(({ kind }) => kind === "service").map(({ name }) => name)).toEqual([
    "payment-service",
  ]);
  expect(leftOut).toContainEqual({
    kind: "alert",
    name: "NoOrders",
    why: `nobody exports products_viewed_total, nor ${String(namesOf("products_viewed_total", "orders_created_total").length - 1)} more: product-service would`,
  });
  expect(readers.map(({ name }) => name)).not.toContain("business.yml");
  expect(readers.map(({ name }) => name)).not.toContain("Business Metrics");
});

it("tells the reasons that an environment gives for what it has not", () => {
  const { leftOut } = signalsOf(watchedOf(parseEnvironment(local, "local.ts")));
  const { noHeartbeat } = local.cloudwatch;
  expect(noHeartbeat).toBeDefined();
  expect(leftOut).toContainEqual({ kind: "heartbeat", name: "of AWS", why: noHeartbeat });
});

it("log lines are read by the panels that show them, where Loki keeps them", () => {
  const { loki, ...without } = local;
  expect(loki).toBeDefined();
  const ofCloudWatch = ["ErrorLines", "Recent log lines"];
  const of = (input: typeof local) => {
    const { readers, leftOut } = signalsOf(watchedOf(parseEnvironment(input, "local.ts")));
    const reading = readers.filter(({ reads }) => reads.includes("log lines services"));
    return { reading: reading.map(({ name }) => name), leftOut };
  };
  expect(of(local).reading).toEqual(["Service Health", "Loki", ...ofCloudWatch]);
  expect(of(without).reading).toEqual(ofCloudWatch);
  expect(of(without).leftOut).toContainEqual({
    kind: "panel",
    name: "Service Health: Newest lines",
    why: "needs log lines in Loki",
  });
});

it("the tables have a row for each", () => {
  for (const signals of all) {
    const rows = signalTables(signals).map(({ rows: each }) => each.length);
    const { producers, readers, carriers, leftOut } = signals;
    expect(rows).toEqual([producers, readers, carriers, leftOut].map(({ length }) => length));
  }
});

it("a text of an environment is text in the picture", () => {
  const [first] = all;
  if (first === undefined) throw new Error("There are no environments.");
  const carriers = first.carriers.map((each) => ({ ...each, tells: `<script>"&` }));
  expect(picture({ ...first, carriers })).not.toContain("<script>");
});
