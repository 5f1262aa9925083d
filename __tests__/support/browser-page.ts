import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import { chromium, type Browser, type Page } from "playwright-core";
import { findProgram } from "../../operations/find-program";

/** Debian's browser. */
export const chromiumProgram = { name: "chromium", hint: "Get it: apt-get install chromium" };

/**
 * Starts it.
 * @param args more of its command line. Default: none
 */
export function startBrowser(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: findProgram(chromiumProgram.name) ?? "",
    args: ["--no-sandbox", ...args],
    timeout: 90_000,
  });
}

/** What a page says to developers: errors, warnings, and what it throws. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}

/** Rules of accessibility that a page breaks, whatever their impact, each with the elements that do. */
export async function brokenRules(page: Page): Promise<readonly unknown[]> {
  // By the debugger: a page's own policy lets in no script.
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const { violations, passes } = await page.evaluate<AxeResults>("axe.run(document, { iframes: false })");
  expect(passes.map(({ id }) => id)).toContain("color-contrast");
  return violations.map(({ id, impact, nodes }) => [id, impact, nodes.map(({ html }) => html.slice(0, 300))]);
}

/** Whether nothing of a page is wider than its window. */
export function fits(page: Page): Promise<boolean> {
  return page.evaluate("document.documentElement.scrollWidth <= innerWidth");
}

/** Keeps a picture of a page in the folder `PICTURES`, where one is named. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
