import { fasterDashboards } from "../../../demo/speed/faster-dashboards";
import type { PreviewContent } from "../../../preview/server/source";

/** The times that dashboards with these show at a speed. */
async function shownAt(factor: number, ...times: readonly object[]): Promise<readonly unknown[]> {
  const content: PreviewContent = {
    dashboards: times.map((time, index) => ({
      uid: String(index),
      title: "A dashboard",
      folder: "A folder",
      json: { title: "A dashboard", time },
    })),
    findings: {},
  };
  const source = fasterDashboards(
    {
      current: () => Promise.resolve(content),
      onChange: () => () => undefined,
      close: () => Promise.resolve(),
    },
    factor,
  );
  return (await source.current()).dashboards.map(({ json }) => json);
}

it("shows as much less time as the system is faster, and two minutes at least", async () => {
  const title = "A dashboard";
  expect(
    await shownAt(
      15,
      { from: "now-1h", to: "now" },
      { from: "now-7d", to: "now" },
      { from: "now-15m", to: "now" },
    ),
  ).toEqual([
    { title, time: { from: "now-4m", to: "now" } },
    { title, time: { from: "now-672m", to: "now" } },
    { title, time: { from: "now-2m", to: "now" } },
  ]);
});

it("leaves alone what looks at a fixed time, and all where the system runs as deployed", async () => {
  const day = { from: "now-1d/d", to: "now-1d/d" };
  const title = "A dashboard";
  expect(await shownAt(15, day)).toEqual([{ title, time: day }]);
  const hours = { from: "now-6h", to: "now" };
  expect(await shownAt(1, hours)).toEqual([{ title, time: hours }]);
});
