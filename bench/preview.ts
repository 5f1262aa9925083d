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
import { shown } from "../dashboards/known-traffic/timeline";
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
  const browser = await launchBrowser(chromium);
  let [megabytes, cpu, edit] = [NaN, NaN, NaN];
  try {
    [megabytes, cpu] = await firstPanel(browser);
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

/**
 * What it takes until the first panel shows a number: megabytes of scripts, gzipped, and seconds that the page's main
 * thread was busy, the least of some rounds, as other programs only add to it.
 */
async function firstPanel(browser: Browser): Promise<readonly [number, number]> {
  const server = await startPreviewServer(
    { source: fixedSource(referenceDashboards()), prometheus: Recording.read(), settings: fixedSettings },
    0,
  );
  const times: number[] = [];
  const scripts = new Set<string>();
  try {
    for (let round = 0; round < rounds; round += 1) {
      const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
      const page = await context.newPage();
      page.on("request", (request) => {
        if (request.resourceType() === "script") scripts.add(new URL(request.url()).pathname);
      });
      const session = await context.newCDPSession(page);
      await session.send("Performance.enable", { timeDomain: "threadTicks" });
      const time = `from=${String(shown.from * 1_000)}&to=${String(shown.to * 1_000)}`;
      await page.goto(`${server.url}/d/${uid}?${time}`, { waitUntil: "commit" });
      const drawn = '[data-testid="data-testid panel content"]';
      await page.locator(drawn).filter({ hasText: /\d/ }).first().waitFor();
      const { metrics } = await session.send("Performance.getMetrics");
      times.push(metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN);
      await context.close();
    }
  } finally {
    await server.close();
  }
  const sizes = [...scripts].map((path) => gzipSync(readFileSync(join(distFolder, path))).length);
  return [sizes.reduce((sum, size) => sum + size, 0) / 1e6, Math.min(...times)];
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
