import { chromium, type Browser, type Page } from "playwright-core";
import { now, scrapeSeconds, shown } from "../../dashboards/known-traffic/timeline";
import type { Theme } from "./pictures";
import type { PreviewSettings } from "../server/handler";

/** Pixels: wide enough for four panels beside each other. */
const width = 1_440;
/** Taller than any dashboard at first, so that no panel waits to be scrolled to. */
const tall = 7_000;
const limitMs = 45_000;

/** What the page must be told for the same picture each time. */
export const fixedSettings: PreviewSettings = {
  scrapeIntervalSeconds: scrapeSeconds,
  timezone: "utc",
  now: now * 1_000,
};

/** @param executable chromium's */
export function launchBrowser(executable: string): Promise<Browser> {
  return chromium.launch({
    executablePath: executable,
    // Fonts and lines come out the same on each machine.
    args: [
      "--no-sandbox",
      "--font-render-hinting=none",
      "--disable-lcd-text",
      "--force-color-profile=srgb",
      "--hide-scrollbars",
    ],
    timeout: limitMs,
  });
}

/** What is drawn of a dashboard. */
export interface Drawing {
  /** All of it, as a PNG. */
  readonly whole: Buffer;
  /** What the first rows show that stand open. */
  readonly top: Buffer;
}

/** Which dashboard is drawn, and how. */
export interface View {
  readonly uid: string;
  readonly theme: Theme;
  /** Seconds of Unix time. */
  readonly from: number;
  readonly to: number;
}

/** A dashboard whose panels all have their answers. */
export interface OpenedDashboard {
  readonly page: Page;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** What the page and its requests complain of. */
  readonly complaints: readonly string[];
}

/**
 * Draws a dashboard when all its panels have their data.
 * @param url of the preview's server
 * @throws Error with what the page complains of, or when a panel does not come to an end
 */
export async function drawDashboard(
  browser: Browser,
  url: string,
  uid: string,
  theme: Theme,
  topHeight: number,
): Promise<Drawing> {
  return withDashboard(browser, url, { uid, theme, ...shown }, async ({ page, height, complaints }) => {
    if (complaints.length > 0) throw new Error(`${uid}, ${theme}: ${complaints.slice(0, 5).join("; ")}`);
    const top = await page.screenshot({
      clip: { x: 0, y: 0, width, height: Math.min(height, topHeight) },
      animations: "disabled",
    });
    const whole = await page.screenshot({ clip: { x: 0, y: 0, width, height }, animations: "disabled" });
    return { whole, top };
  });
}

/**
 * Opens a dashboard, and closes it when it has been used.
 * @param url of the preview's server
 * @throws Error when a panel does not come to an end
 */
export async function withDashboard<T>(
  browser: Browser,
  url: string,
  { uid, theme, from, to }: View,
  use: (opened: OpenedDashboard) => Promise<T>,
): Promise<T> {
  const page = await browser.newPage({
    viewport: { width, height: tall },
    deviceScaleFactor: 1,
    colorScheme: theme,
    reducedMotion: "reduce",
    timezoneId: "UTC",
    locale: "en-GB",
  });
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${String(response.status())} ${response.url()}`);
  });
  try {
    const query = new URLSearchParams({
      from: String(from * 1_000),
      to: String(to * 1_000),
      theme,
      kiosk: "",
    });
    const path = `${url}/d/${encodeURIComponent(uid)}?${query.toString()}`;
    await page.goto(path, { waitUntil: "networkidle", timeout: limitMs });
    await settled(page);
    let height = await heightOf(page);
    if (height > tall) {
      await page.setViewportSize({ width, height });
      await settled(page);
      height = await heightOf(page);
    }
    return await use({ page, width, height, complaints });
  } finally {
    await page.close();
  }
}

function heightOf(page: Page): Promise<number> {
  return page.evaluate<number>("Math.ceil(document.querySelector('main').getBoundingClientRect().bottom)");
}

/** Waits until every panel has its answers and nothing moves: two looks after one another are the same. */
async function settled(page: Page): Promise<void> {
  const isLoaded = `(() => {
    const contents = [...document.querySelectorAll('[data-testid="data-testid panel content"]')];
    const isDrawn = (each) => each.querySelector("canvas, table, svg") !== null || each.textContent.trim() !== "";
    const isLoading = document.querySelector('[aria-label="Panel loading bar"]') !== null;
    return contents.length > 0 && contents.every(isDrawn) && !isLoading;
  })()`;
  let last = "";
  for (const end = Date.now() + limitMs; Date.now() < end; await page.waitForTimeout(400)) {
    if (!(await page.evaluate<boolean>(isLoaded))) continue;
    const look = (await page.screenshot({ animations: "disabled" })).toString("base64");
    if (look === last) return;
    last = look;
  }
  throw new Error("The page does not come to rest.");
}
