import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { findProgram } from "../../../operations/find-program";
import { drawDashboard, fixedSettings, launchBrowser } from "../../../preview/pictures/draw";
import { fixedSource, referenceDashboards } from "../../../preview/pictures/reference-source";
import { smallerPng } from "../../../preview/pictures/smaller-png";
import { Recording } from "../../../preview/recording/recording";
import { startPreviewServer, type PreviewServer } from "../../../preview/server/server";
import { chromiumProgram, installPreview } from "../../support/preview-page";
import { projectCopies } from "../../support/project-copy";
import { describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";

const makeCopy = projectCopies({ whole: true, ownEnvironments: true });
const makeFolder = temporaryFolder();

jest.setTimeout(180_000);

describeWith([chromiumProgram], "the dashboards' pictures", () => {
  const dashboards = referenceDashboards();
  let browser: Browser;
  let server: PreviewServer;

  installPreview();
  beforeAll(async () => {
    browser = await launchBrowser(findProgram("chromium") ?? "");
    // Without a Prometheus: what was not recorded is an error, and with an error nothing is drawn.
    server = await startPreviewServer(
      { source: fixedSource(dashboards), prometheus: Recording.read(), settings: fixedSettings },
      0,
    );
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  it.each(dashboards.map(({ uid }) => uid))("%s is drawn of what was recorded", async (uid) => {
    const { whole, top } = await drawDashboard(browser, server.url, uid, "dark", 720);
    expect(whole.readUInt32BE(16)).toBe(1_440);
    expect(whole.readUInt32BE(20)).toBeGreaterThan(720);
    expect(top.readUInt32BE(20)).toBe(720);
  });

  it("is the same each time but for some edges, and the same when it is made smaller", async () => {
    const draw = async () => (await drawDashboard(browser, server.url, "service-health", "light", 720)).whole;
    const [one, other] = [await draw(), await draw()];
    const page = await browser.newPage();
    const different = (first: Buffer, second: Buffer) =>
      page.evaluate<number>(`(async () => {
        const pixels = async (base64) => {
          const bitmap = await createImageBitmap(await (await fetch("data:image/png;base64," + base64)).blob());
          const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
          context.drawImage(bitmap, 0, 0);
          return new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer);
        };
        const [one, other] = [await pixels("${first.toString("base64")}"), await pixels("${second.toString("base64")}")];
        return one.length === other.length ? one.filter((pixel, at) => pixel !== other[at]).length : Infinity;
      })()`);
    // Of two million: chromium smooths the corners of frames a little differently each time.
    expect(await different(one, other)).toBeLessThan(200);
    const smaller = smallerPng(one);
    expect(smaller.length).toBeLessThan(one.length);
    expect(await different(smaller, one)).toBe(0);
    await page.close();
  });

  it("are not drawn where the traffic is another and there is no Prometheus: its programs are named", () => {
    const project = makeCopy();
    project.edit("docs/pictures/manifest.json", /"traffic": "\w/, '"traffic": "another');
    const programs = makeFolder();
    const chromium = findProgram("chromium") ?? "";
    const script = `#!/bin/sh\nPATH=/usr/bin:/bin exec ${chromium} "$@"\n`;
    writeFileSync(join(programs, "chromium"), script, { mode: 0o755 });
    const args = ["--import", "tsx", "commands/pictures.ts", "--all"];
    const { status, stderr } = project.run(process.execPath, args, { PATH: programs });
    expect(status).toBe(1);
    expect(stderr).toMatch(/There is no prometheus, no promtool on the PATH/);
    expect(stderr).not.toMatch(/500|    at /);
  });
});
