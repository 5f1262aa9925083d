import type { Browser } from "playwright-core";
import { now, shown } from "../../../dashboards/known-traffic/timeline";
import { findProgram } from "../../../operations/find-program";
import { launchBrowser } from "../../../preview/pictures/draw";
import { referenceDashboards } from "../../../preview/pictures/reference-source";
import { startKnownPrometheus } from "../../../preview/recording/known-data";
import { referenceEnvironment } from "../../../preview/recording/reference-environment";
import type { RunningPrometheus } from "../../../preview/recording/program";
import { drawChanged, type DrawnVersion, type LooksSettings } from "../../../review/looks/draw-changed";
import { recordedWeek } from "../../../review/example/week";
import { storedData } from "../../../review/looks/stored-answers";
import { ruleFilesOf } from "../../../stacks/system";
import { comparePictures } from "../../support/compared-pictures";
import { chromiumProgram, installPreview } from "../../support/preview-page";
import { prometheusProgram } from "../../support/programs";
import { describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";

const makeFolder = temporaryFolder();

jest.setTimeout(600_000);

interface PanelJson {
  readonly title: string;
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Of two million: chromium smooths the corners of frames a little differently each time. */
const smoothed = 200;

describeWith([chromiumProgram, prometheusProgram], "how dashboards change, in pictures", () => {
  const version: DrawnVersion = {
    dashboards: referenceDashboards().map(({ uid, title, folder, json }) => ({
      uid,
      title,
      folder,
      json: JSON.parse(JSON.stringify(json)) as Record<string, unknown>,
    })),
    volume: { scrapeIntervalSeconds: 60 },
  };
  let browser: Browser;
  let prometheus: RunningPrometheus;
  let settings: LooksSettings;

  installPreview();
  beforeAll(async () => {
    prometheus = await startKnownPrometheus(makeFolder());
    browser = await launchBrowser(findProgram("chromium") ?? "");
    settings = { data: prometheus.url, from: shown.from * 1_000, to: now * 1_000 };
  }, 300_000);
  afterAll(async () => {
    await browser.close();
    await prometheus.stop();
  });

  /** The version with the panels of a dashboard edited, wherever they stand. */
  function edited(uid: string, edit: (panel: PanelJson) => PanelJson[]): DrawnVersion {
    const inList = (list: readonly PanelJson[]): PanelJson[] =>
      list.flatMap((panel) =>
        panel.type === "row"
          ? [{ ...panel, panels: inList((panel.panels ?? []) as PanelJson[]) }]
          : edit(panel),
      );
    return {
      ...version,
      dashboards: version.dashboards.map((each) =>
        each.uid === uid
          ? { ...each, json: { ...each.json, panels: inList(each.json.panels as PanelJson[]) } }
          : each,
      ),
    };
  }

  it("differ inside of the boxes of the changed panels alone: a query, a title, a threshold, one new, one gone", async () => {
    const edits: Readonly<Record<string, (panel: PanelJson) => PanelJson[]>> = {
      Requests: (panel) => [{ ...panel, targets: [{ refId: "A", expr: "vector(42)", instant: true }] }],
      "Instances up": (panel) => [{ ...panel, title: "Instances that answer" }],
      "Request rate by route": (panel) => [
        { ...panel, id: 1, title: "A new one", targets: [{ refId: "A", expr: "sum(up)" }] },
      ],
    };
    const uid = "service-health";
    let hasThreshold = false;
    const after = edited(uid, (panel) => {
      const edit = edits[panel.title];
      if (edit) return edit(panel);
      const { fieldConfig } = panel as unknown as {
        fieldConfig?: { defaults?: { thresholds?: { steps?: { value: number | null }[] } } };
      };
      const steps = fieldConfig?.defaults?.thresholds?.steps;
      const isDrawn = JSON.stringify(fieldConfig).includes('"dashed"');
      if (hasThreshold || !isDrawn || steps === undefined) return [panel];
      hasThreshold = true;
      const halved = steps.map((step) => ({ ...step, value: step.value === null ? null : step.value / 2 }));
      const { defaults } = fieldConfig ?? {};
      return [
        {
          ...panel,
          fieldConfig: {
            ...fieldConfig,
            defaults: { ...defaults, thresholds: { ...defaults?.thresholds, steps: halved } },
          },
        },
      ];
    });
    const { dashboards, notes } = await drawChanged(version, after, { ...settings, bytes: 50_000_000 });
    expect(notes).toEqual([]);
    const [dashboard, ...others] = dashboards;
    expect(others).toEqual([]);
    if (!dashboard?.before || !dashboard.after) throw new Error("There is no picture.");
    const { panels } = dashboard;
    expect(panels.map(({ title, change }) => [title, change]).slice(0, 2)).toEqual([
      ["Instances that answer", "changed"],
      ["Requests", "changed"],
    ]);
    expect(panels.map(({ change }) => change).sort()).toEqual([
      "changed",
      "changed",
      "changed",
      "gone",
      "new",
    ]);
    const boxes = panels.flatMap(({ before, after: then }) => before ?? then ?? []);
    expect(boxes).toHaveLength(panels.length);
    const uris = [dashboard.before.uri, dashboard.after.uri] as const;
    const compared = await comparePictures(browser, [uris[0], uris[1]], boxes);
    console.log(
      "Pixels that differ",
      compared,
      panels.map(({ title, what }) => [title, ...what]),
    );
    expect(compared.isSameSize).toBe(true);
    expect(compared.outside).toBeLessThan(smoothed);
    // A new panel has the place of the one that is gone, so that these two share a box.
    for (const [index, { change }] of panels.entries())
      if (change !== "gone") expect(compared.inBoxes[index]).toBeGreaterThan(100);
  });

  it("one that is taken away leaves its place; one that shows nothing is named", async () => {
    const uid = "service-health";
    const after = edited(uid, (panel) => {
      if (panel.title === "Instances up") return [];
      return panel.title === "Requests"
        ? [{ ...panel, targets: [{ refId: "A", expr: "parcels_that_nobody_sends", instant: true }] }]
        : [panel];
    });
    const [dashboard] = (await drawChanged(after, after, settings)).dashboards;
    expect(dashboard).toBeUndefined();
    const [removed] = (await drawChanged(version, after, settings)).dashboards;
    const [requests, instances] = removed?.panels ?? [];
    expect(requests).toMatchObject({
      title: "Requests",
      change: "changed",
      what: expect.any(Array) as unknown,
    });
    expect(instances).toMatchObject({ title: "Instances up", change: "gone" });
    expect(instances?.before).toBeDefined();
    expect(instances?.after).toBeUndefined();
    // Before, it had data.
    expect(removed?.withoutData).toEqual([]);
    const [fresh] = (
      await drawChanged(
        { ...version, dashboards: [] },
        { ...after, dashboards: after.dashboards.filter((each) => each.uid === uid) },
        settings,
      )
    ).dashboards;
    expect(fresh?.change).toBe("new");
    expect(fresh?.withoutData).toContainEqual({ title: "Requests", says: "No data" });
  });

  it("are drawn of stored samples, too, with what the rules make of them", async () => {
    const environment = referenceEnvironment();
    const ruled = { ...version, ruleFiles: ruleFilesOf(environment) };
    const after = edited("service-health", (panel) => [
      panel.title === "Requests" ? { ...panel, title: "Requests a second" } : panel,
    ]);
    const span = { from: settings.from, to: settings.to };
    const versions = { before: ruled, after: { ...ruled, ...after } };
    const data = storedData(recordedWeek(environment).storage, versions, span);
    const { dashboards, notes } = await drawChanged(version, after, { ...settings, data, bytes: 50_000_000 });
    expect(notes).toEqual([]);
    const [dashboard] = dashboards;
    if (!dashboard?.before || !dashboard.after) throw new Error("There is no picture.");
    expect(dashboard.withoutData).toEqual([]);
    const boxes = dashboard.panels.flatMap(({ before }) => before ?? []);
    const compared = await comparePictures(browser, [dashboard.before.uri, dashboard.after.uri], boxes);
    console.log("Of stored samples", compared);
    expect(compared.outside).toBeLessThan(smoothed);
    expect(compared.inBoxes).toEqual([expect.any(Number)]);
    expect(compared.inBoxes[0]).toBeGreaterThan(100);
  });

  it("all of them together take no more bytes than there is room, at a scale that can be read", async () => {
    const after = {
      ...version,
      dashboards: version.dashboards.map((each) => ({ ...each, json: { ...each.json, tags: ["other"] } })),
    };
    const { dashboards, notes } = await drawChanged(version, after, { ...settings, theme: "dark" });
    expect(notes).toEqual([]);
    const pictures = dashboards.flatMap(({ before, after: then }) => [before, then]);
    expect(pictures).toHaveLength(2 * version.dashboards.length);
    const bytes = pictures.reduce((sum, picture) => sum + (picture?.uri.length ?? Infinity), 0);
    console.log(
      `${String(pictures.length)} pictures, ${String(bytes)} bytes`,
      dashboards.map(({ uid, before }) => [uid, before?.width, before?.uri.length]),
    );
    expect(bytes).toBeLessThan(3_000_000);
    for (const picture of pictures) expect(picture?.width).toBeGreaterThan(430);
  });
});
