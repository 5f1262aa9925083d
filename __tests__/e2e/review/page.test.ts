import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { fittingPageOf } from "../../../review/page/html/fitting-page";
import {
  brokenRules,
  chromiumProgram,
  complaintsOf,
  fits,
  keepPicture,
  startBrowser,
} from "../../support/browser-page";
import { describeWith } from "../../support/require-program";
import { hostileReview, hugeReview, review } from "../../support/reviewed";

jest.setTimeout(240_000);

describeWith([chromiumProgram], "the page of a review, in a browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "review-page-"));
  const fileOf = (name: string) => join(folder, `${name}.html`);
  let browser: Browser;

  beforeAll(async () => {
    for (const [name, each] of [
      ["review", review],
      ["hostile", hostileReview()],
      ["huge", hugeReview()],
    ] as const) {
      writeFileSync(fileOf(name), fittingPageOf(each).html);
    }
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens a page from disk, without a network, and lets something be done with it. */
  async function opened<T>(
    name: string,
    options: { width?: number; theme?: "light" | "dark"; script?: boolean },
    use: (page: Page) => Promise<T>,
  ): Promise<{ result: T; complaints: readonly string[]; requests: readonly string[] }> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1_280, height: 900 },
      colorScheme: options.theme ?? "light",
      javaScriptEnabled: options.script ?? true,
      offline: true,
    });
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    try {
      await page.goto(pathToFileURL(fileOf(name)).href);
      const result = await use(page);
      return { result, complaints, requests: requests.filter((url) => !url.startsWith("data:")) };
    } finally {
      await context.close();
    }
  }

  it.each(["light", "dark"] as const)("axe finds nothing in it, all of it unfolded: %s", async (theme) => {
    const { result, complaints } = await opened("review", { theme }, async (page) => {
      await page.click("#unfold");
      await keepPicture(page, `review-${theme}`);
      return brokenRules(page);
    });
    expect(result).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("asks for nothing but itself", async () => {
    for (const name of ["review", "hostile"]) {
      const { requests, complaints } = await opened(name, {}, (page) => page.click("#unfold"));
      expect(requests).toEqual([pathToFileURL(fileOf(name)).href]);
      expect(complaints).toEqual([]);
    }
  });

  it.each(["review", "hostile", "huge"])("is not wider than a window of 360 pixels: %s", async (name) => {
    const { result } = await opened(name, { width: 360 }, async (page) => {
      const folded = await fits(page);
      await page.click("#unfold");
      await keepPicture(page, `review-360-${name}`);
      return [folded, await fits(page)];
    });
    expect(result).toEqual([true, true]);
  });

  it("a page of a great system has less than 5 MB", () => {
    const { size } = statSync(fileOf("huge"));
    process.stdout.write(`The page of a great system: ${String(size)} bytes\n`);
    expect(size).toBeLessThan(5_000_000);
  });

  it("is whole without script: folds open, pictures change by choice", async () => {
    const { result } = await opened("review", { script: false }, async (page) => {
      expect(await page.isVisible("#tools")).toBe(false);
      await page.click("text=1 alert with as many messages as before");
      await page.check('input[name="view-parcels"][value="after"]');
      return [
        await page.isVisible("text=DiskFull >> nth=0"),
        await page.isVisible('figure.picture[data-side="before"]'),
        await page.isVisible('figure.picture[data-side="after"]'),
      ];
    });
    expect(result).toEqual([true, false, true]);
  });

  it("filters rows and folds by what is typed, by keys alone", async () => {
    const { result } = await opened("review", {}, async (page) => {
      for (let presses = 0; presses < 20; presses++) {
        await page.keyboard.press("Tab");
        if ((await page.evaluate("document.activeElement.id")) === "filter") break;
      }
      await page.keyboard.type("PaymentsRefused");
      const rows = await page.locator("#alerts tbody tr:visible").allInnerTexts();
      const alerts = rows.filter((row) => /Parcels|Payments/.test(row));
      return { alerts: alerts.map((row) => row.split(/\s/)[0]), found: await page.innerText("#found") };
    });
    expect(result.alerts).toEqual(["PaymentsRefused"]);
    expect(result.found).toMatch(/^\d+ of \d+ rows and folds$/);
  });

  it("a message in its receiver's form has a style of its own", async () => {
    const { result } = await opened("review", {}, async (page) => {
      await page.click("#unfold");
      return page.evaluate<string[]>(`[
        getComputedStyle(document.querySelector(".form").shadowRoot.querySelector("p")).borderLeftWidth,
        getComputedStyle(document.querySelector("header p")).borderLeftWidth,
      ]`);
    });
    expect(result).toEqual(["4px", "0px"]);
  });

  it("nothing is folded on paper", async () => {
    const { result } = await opened("review", {}, async (page) => {
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      return page.evaluate<number>("document.querySelectorAll('main details:not([open])').length");
    });
    expect(result).toBe(0);
  });
});
