import type { Browser, Page } from "playwright-core";
import { withDashboard, type View } from "../../preview/pictures/draw";
import { smallerPng } from "../../preview/pictures/smaller-png";

/** A picture of a dashboard. */
export interface Picture {
  /** A PNG, as `data:image/png;base64,…`. */
  readonly uri: string;
  /** Pixels of the PNG. */
  readonly width: number;
  readonly height: number;
}

/** A place in a picture: percent of its width and height. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What is seen of a dashboard. */
export interface Seen {
  /** Undefined where even the smallest one takes too many bytes. */
  readonly picture: Picture | undefined;
  /** By the panel's id; what is in a folded row has none. */
  readonly boxes: ReadonlyMap<number, Box>;
  /** By the id of each panel that shows nothing: what it says, such as `No data` or why its query failed. */
  readonly empty: ReadonlyMap<number, string>;
}

/** The smallest scale at which titles can be read. */
const smallest = 0.3;

/**
 * Draws a dashboard that a preview's server has.
 * @param bytes that the PNG may take: it is drawn at a smaller scale until it does
 * @throws Error when the page does not come to an end
 */
export async function see(browser: Browser, url: string, view: View, bytes: number): Promise<Seen> {
  return withDashboard(browser, url, view, async ({ page, width, height }) => {
    const panels = await page.evaluate<SeenPanel[]>(lookAtPanels);
    const inPercent = ({ left, top, width: wide, height: high }: Box): Box => ({
      left: percent(left, width),
      top: percent(top, height),
      width: percent(wide, width),
      height: percent(high, height),
    });
    return {
      picture: await pictureOf(page, { width, height }, bytes),
      boxes: new Map(panels.map(({ id, box }) => [id, inPercent(box)])),
      empty: new Map(panels.flatMap(({ id, message }) => (message === null ? [] : [[id, message]]))),
    };
  });
}

interface SeenPanel {
  readonly id: number;
  /** Pixels. */
  readonly box: Box;
  readonly message: string | null;
}

const lookAtPanels = `[...document.querySelectorAll("[data-viz-panel-key]")].map((panel) => {
  const { left, top, width, height } = panel.getBoundingClientRect();
  const content = panel.querySelector('[data-testid="data-testid panel content"]');
  // A number that is not there is drawn as one, with Grafana's words for it.
  const isEmpty = content !== null && content.textContent.trim() === "No data";
  const message = panel.querySelector(".panel-message") ?? (isEmpty ? content : null);
  return {
    id: Number(panel.dataset.vizPanelKey.replace("panel-", "")),
    box: { left: left + scrollX, top: top + scrollY, width, height },
    message: message === null ? null : message.textContent.trim(),
  };
})`;

async function pictureOf(
  page: Page,
  size: { readonly width: number; readonly height: number },
  bytes: number,
): Promise<Picture | undefined> {
  const session = await page.context().newCDPSession(page);
  for (let scale = 1; scale >= smallest;) {
    const { data } = await session.send("Page.captureScreenshot", {
      format: "png",
      clip: { x: 0, y: 0, ...size, scale },
    });
    const drawn = Buffer.from(data, "base64");
    // It takes seconds to write a PNG in fewer bytes, and a third less is the most that comes of it.
    const png = drawn.length > 2 * bytes && scale > smallest ? drawn : smallerPng(drawn);
    if (png.length <= bytes) {
      const uri = `data:image/png;base64,${png.toString("base64")}`;
      return { uri, width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
    }
    if (scale === smallest) return undefined;
    // Bytes go with the area, but fall more slowly: small letters have more edges.
    scale = Math.max(smallest, Math.floor(scale * Math.sqrt(bytes / png.length) * 95) / 100);
  }
  return undefined;
}

function percent(part: number, whole: number): number {
  return Math.round((part / whole) * 10_000) / 100;
}
