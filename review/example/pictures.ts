import type { Browser, Page } from "playwright-core";
import { smallerPng } from "../../preview/pictures/smaller-png";

/** Which part of a review's page a picture shows. */
export interface Shot {
  /** The change's name, and the picture's. */
  readonly change: string;
  /** CSS selectors: from the top of the first to the bottom of the last, and what is unfolded before. */
  readonly from: string;
  readonly to: string;
  readonly unfold?: string;
  /** CSS pixels. Default: 900 */
  readonly width?: number;
}

/** CSS pixels around what is shown. */
const margin = 12;
/** Pages of a review are longer than any screen. */
const height = 1_200;

/**
 * Draws a part of a review's page, light.
 * @param url of the page
 * @throws Error where the page has no such part
 */
export async function drawShot(browser: Browser, url: string, shot: Shot): Promise<Buffer> {
  const width = shot.width ?? 900;
  const page = await browser.newPage({
    viewport: { width, height },
    deviceScaleFactor: 1,
    colorScheme: "light",
    reducedMotion: "reduce",
    locale: "en-GB",
  });
  try {
    await page.goto(url);
    if (shot.unfold !== undefined) {
      await page.locator(shot.unfold).first().evaluate("(fold) => { fold.open = true; }");
    }
    const [from, to] = [await boxOf(page, shot, shot.from), await boxOf(page, shot, shot.to)];
    const top = Math.max(0, from.y - margin);
    const clip = { x: 0, y: top, width, height: to.y + to.height + margin - top };
    return smallerPng(await page.screenshot({ clip, fullPage: true, animations: "disabled" }));
  } finally {
    await page.close();
  }
}

/** Where an element is on the whole page. */
async function boxOf(page: Page, { change }: Shot, selector: string) {
  const element = page.locator(selector).first();
  const box = (await element.count()) === 0 ? null : await element.boundingBox();
  const scrolled = await page.evaluate<number>("window.scrollY");
  if (box === null) throw new Error(`The page of the ${change} has no ${selector}.`);
  return { ...box, y: box.y + scrolled };
}
