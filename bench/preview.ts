/**
 * What the preview's page costs: the JavaScript that it loads at first, what a browser computes until the first panel has
 * its data, and the time from a saved edit to the page. The data is recorded, so that no Prometheus takes part.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { PreviewCommand } from "../__tests__/support/preview-command";
import { copyProject } from "../__tests__/support/project-copy";
import { findProgram } from "../operations/find-program";
import { fixedSettings, launchBrowser } from "../preview/pictures/draw";
import { fixedSource, referenceDashboards } from "../preview/pictures/reference-source";
import { Recording } from "../preview/recording/recording";
import { shown } from "../preview/recording/timeline";
import { ensurePreview } from "../preview/server/installation";
import { distFolder } from "../preview/server/places";
import { startPreviewServer } from "../preview/server/server";
import { median, verdict } from "./measure";

const bounds = { megabytes: 0.8, cpuSeconds: 1.5, editSeconds: 2 } as const;
const rounds = 5;
const uid = "service-health";

void main();

async function main(): Promise<void> {
  const chromium = findProgram("chromium");
  if (chromium === undefined) throw new Error("There is no chromium. Get it: apt-get install chromium");
  await ensurePreview(({ step }) => process.stderr.write(`${step}\n`));
  const megabytes = initialBytes() / 1e6;
  const browser = await launchBrowser(chromium);
  let [cpu, edit] = [NaN, NaN];
  try {
    cpu = await cpuToFirstPanel(browser);
    edit = await editToPage(browser);
  } finally {
    await browser.close();
  }
  const verdicts = [
    ["initial JavaScript, gzipped, MB", megabytes, bounds.megabytes],
    ["CPU of the page to the first panel with data, s", cpu, bounds.cpuSeconds],
    ["a saved edit to the page, s", edit, bounds.editSeconds],
  ] as const;
  for (const [what, value, atMost] of verdicts) console.log(verdict(what, value, atMost));
  process.exit(verdicts.some(([, value, atMost]) => !(value <= atMost)) ? 1 : 0);
}

/** Of the scripts that the page names, which the browser loads before it draws anything. */
function initialBytes(): number {
  const page = readFileSync(join(distFolder, "index.html"), "utf8");
  const scripts = [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path = ""]) => path);
  return scripts.reduce((sum, path) => sum + gzipSync(readFileSync(join(distFolder, path))).length, 0);
}

/** Seconds that the page's main thread was busy, the least of some rounds: other programs only add to it. */
async function cpuToFirstPanel(browser: Browser): Promise<number> {
  const server = await startPreviewServer(
    { source: fixedSource(referenceDashboards()), prometheus: Recording.read(), settings: fixedSettings },
    0,
  );
  const times: number[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      await session.send("Performance.enable", { timeDomain: "threadTicks" });
      const time = `from=${String(shown.from * 1_000)}&to=${String(shown.to * 1_000)}`;
      await page.goto(`${server.url}/d/${uid}?${time}`, { waitUntil: "commit" });
      const drawn = '[data-testid="data-testid panel content"]';
      await page.waitForFunction(
        `[...document.querySelectorAll('${drawn}')].some((each) => /\\d/.test(each.textContent))`,
        undefined,
        { polling: 50 },
      );
      const { metrics } = await session.send("Performance.getMetrics");
      times.push(metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN);
      await context.close();
    }
  } finally {
    await server.close();
  }
  return Math.min(...times);
}

/** Seconds from the change of a panel's title in a file to the new title on the page. */
async function editToPage(browser: Browser): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "bench-preview-"));
  const project = copyProject(folder);
  const command = new PreviewCommand(folder, ["--port", "0", "--prometheus", "http://127.0.0.1:1"]);
  const times: number[] = [];
  try {
    const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
    await page.goto(`${await command.url()}/d/${uid}`);
    let title = "Request rate";
    await page.getByText(title, { exact: true }).first().waitFor();
    for (let round = 1; round <= rounds; round += 1) {
      const next = `Requests, round ${String(round)}`;
      const began = performance.now();
      project.edit("dashboards/service-health.ts", `title: "${title}"`, `title: "${next}"`);
      await page.getByText(next, { exact: true }).first().waitFor();
      times.push((performance.now() - began) / 1_000);
      title = next;
    }
  } finally {
    await command.interrupt();
    rmSync(folder, { recursive: true, force: true });
  }
  return median(times);
}
