import { type Browser } from "playwright-core";
import { findProgram } from "../../operations/find-program";
import { launchBrowser } from "../../preview/pictures/draw";
import { fixedSource } from "../../preview/pictures/reference-source";
import type { Theme } from "../../preview/pictures/pictures";
import { previewState } from "../../preview/server/installation";
import type { RecordedAnswers } from "../../preview/server/recorded-answers";
import { startPreviewServer, type PreviewServer } from "../../preview/server/server";
import type { Version } from "../version/version";
import { dashboardDifferences, type DashboardDifference } from "./dashboard-difference";
import { drawnJson, rowsOf } from "./drawn-json";
import type { DashboardLook, LooksChange } from "./look";
import { see, type Seen } from "./picture";
import { emptyPanels, lookOf, type SeenSides, type Side, sides } from "./put-together";
import { shownPanelsOf } from "./shown-panels";

/** Where the data of pictures comes from. */
export type LooksData = URL | Readonly<Record<Side, RecordedAnswers>>;

/** What pictures show. */
export interface LooksSettings {
  /** The Prometheus that has the data, or what answers as one, to each version by itself. Undefined: no pictures. */
  readonly data: LooksData | undefined;
  /** The time that is shown, in milliseconds of Unix time. */
  readonly from: number;
  readonly to: number;
  /** Default: light */
  readonly theme?: Theme;
  /** In which times are shown: an IANA name or `utc`. Default: utc */
  readonly timezone?: string;
  /** Bytes that all pictures may take together in a page. Default: 3 MB */
  readonly bytes?: number;
  /** How many dashboards are drawn at most; the others are told in words. Default: 10 */
  readonly most?: number;
  /** Chromium's path. Default: the one on the PATH */
  readonly chromium?: string;
  /** Folder of the preview's package. Default: the project's */
  readonly preview?: string;
  /** Is told of each dashboard that is drawn. */
  readonly onProgress?: (done: { readonly title: string; readonly at: number; readonly of: number }) => void;
}

/** What a version must say for its dashboards to be compared. */
export type DrawnVersion = Pick<Version, "dashboards"> & {
  readonly volume: Pick<Version["volume"], "scrapeIntervalSeconds">;
};

/** How often a page is opened whose answers must be evaluated first. */
const attempts = 4;
/** Base64 writes three bytes as four. */
const base64 = 3 / 4;

/** The dashboards in which two versions differ, each with pictures where they can be drawn. It never rejects. */
export async function drawChanged(
  before: DrawnVersion,
  after: DrawnVersion,
  settings: LooksSettings,
): Promise<LooksChange> {
  const differences = dashboardDifferences(before.dashboards, after.dashboards);
  const words = differences.map((each) => lookOf(each, {}, []));
  if (differences.length === 0) return { dashboards: [], notes: [] };
  const missing = whyNoPictures(settings);
  if (missing !== undefined) return { dashboards: words, notes: [missing] };
  try {
    return await new Drawer(before, after, settings).draw(differences);
  } catch (error) {
    return { dashboards: words, notes: [`There are no pictures: ${messageOf(error)}`] };
  }
}

/** Why no picture can be drawn, and what to do; undefined where they can. */
function whyNoPictures({ data, chromium, preview }: LooksSettings): string | undefined {
  if (data === undefined) {
    return "There are no pictures of the dashboards, as there is no data to draw: name a Prometheus (--prometheus URL) or a recorded folder (--recorded DIR).";
  }
  if ((chromium ?? chromiumHere()) === undefined) {
    return "There are no pictures of the dashboards, as no chromium is on the PATH. On Debian: apt-get install chromium";
  }
  if (previewState(preview) !== "ready") {
    return "There are no pictures of the dashboards, as the preview's page is not installed: `npm run preview` installs it.";
  }
  return undefined;
}

function chromiumHere(): string | undefined {
  return findProgram("chromium") ?? findProgram("google-chrome");
}

class Drawer {
  private readonly notes: string[] = [];

  constructor(
    private readonly before: DrawnVersion,
    private readonly after: DrawnVersion,
    private readonly settings: LooksSettings,
  ) {}

  async draw(differences: readonly DashboardDifference[]): Promise<LooksChange> {
    const { chromium = chromiumHere() ?? "", most = 10, onProgress } = this.settings;
    const drawn = differences.slice(0, most);
    if (drawn.length < differences.length) {
      this.notes.push(
        `${String(differences.length - drawn.length)} more dashboards differ, of which there is no picture: of ${String(most)} there is room.`,
      );
    }
    const browser = await launchBrowser(chromium);
    try {
      const dashboards: DashboardLook[] = [];
      for (const [index, each] of differences.entries()) {
        if (index < drawn.length) onProgress?.({ title: each.title, at: index + 1, of: drawn.length });
        dashboards.push(
          index < drawn.length
            ? await this.drawOne(browser, each, this.bytesOf(drawn))
            : lookOf(each, {}, []),
        );
      }
      return { dashboards, notes: this.notes };
    } finally {
      await browser.close();
    }
  }

  /** Bytes of one PNG. */
  private bytesOf(drawn: readonly DashboardDifference[]): number {
    const pictures = drawn.reduce((sum, { change }) => sum + (change === "changed" ? 2 : 1), 0);
    return Math.floor(((this.settings.bytes ?? 3_000_000) * base64) / pictures);
  }

  private async drawOne(
    browser: Browser,
    difference: DashboardDifference,
    bytes: number,
  ): Promise<DashboardLook> {
    const { uid, title, panels } = difference;
    const shown = { before: this.jsonOf("before", uid), after: this.jsonOf("after", uid) };
    const rows = sides.flatMap((side) =>
      rowsOf(
        shownPanelsOf(shown[side] ?? {}),
        panels.map(({ places }) => places[side]),
      ),
    );
    const seen: { -readonly [S in Side]?: SeenSides[S] } = {};
    for (const side of sides) {
      const json = shown[side];
      if (json === undefined) continue;
      const drawn = drawnJson(json, new Set(rows));
      try {
        seen[side] = { ...(await this.seeAtLast(browser, side, uid, drawn.json, bytes)), ids: drawn.ids };
        if (seen[side].picture === undefined)
          this.notes.push(`${title} is too large for a picture ${side} the change.`);
      } catch (error) {
        this.notes.push(`There is no picture of ${title} ${side} the change: ${messageOf(error)}`);
      }
    }
    return lookOf(difference, seen, emptyPanels(difference, seen));
  }

  private jsonOf(side: Side, uid: string) {
    return this[side].dashboards.find((each) => each.uid === uid)?.json;
  }

  /** A page gives up after a while; what was evaluated for it by then is at hand for the next one. */
  private async seeAtLast(...[browser, side, uid, json, bytes]: Parameters<Drawer["see"]>): Promise<Seen> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.see(browser, side, uid, json, bytes);
      } catch (error) {
        if (this.settings.data instanceof URL || attempt === attempts) throw error;
      }
    }
  }

  private async see(browser: Browser, side: Side, uid: string, json: object, bytes: number): Promise<Seen> {
    const { data, from, to, theme = "light", timezone = "utc", preview } = this.settings;
    if (data === undefined) throw new Error("there is no data.");
    const server: PreviewServer = await startPreviewServer(
      {
        source: fixedSource([{ uid, title: uid, folder: "", json }]),
        prometheus: data instanceof URL ? data : data[side],
        settings: {
          scrapeIntervalSeconds: this[side].volume.scrapeIntervalSeconds,
          timezone,
          now: to,
        },
        ...(preview !== undefined && { dist: `${preview}/dist` }),
      },
      0,
    );
    try {
      return await see(browser, server.url, { uid, theme, from: from / 1_000, to: to / 1_000 }, bytes);
    } finally {
      await server.close();
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}
