import type { Browser } from "playwright-core";
import { findProgram } from "../../../operations/find-program";
import { drawDashboard, fixedSettings, launchBrowser } from "../../../preview/pictures/draw";
import { fixedSource, referenceDashboards } from "../../../preview/pictures/reference-source";
import { smallerPng } from "../../../preview/pictures/smaller-png";
import { Recording } from "../../../preview/recording/recording";
import { ensurePreview } from "../../../preview/server/installation";
import { startPreviewServer, type PreviewServer } from "../../../preview/server/server";
import { chromiumProgram } from "../../support/preview-page";
import { describeWith } from "../../support/require-program";

jest.setTimeout(180_000);

describeWith([chromiumProgram], "the dashboards' pictures", () => {
  const dashboards = referenceDashboards();
  let browser: Browser;
  let server: PreviewServer;

  beforeAll(async () => {
    await ensurePreview(() => undefined);
    browser = await launchBrowser(findProgram("chromium") ?? "");
    // Without a Prometheus: what was not recorded is an error, and with an error nothing is drawn.
    server = await startPreviewServer(
      { source: fixedSource(dashboards), prometheus: Recording.read(), settings: fixedSettings },
      0,
    );
  }, 600_000);
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

  it("is the same each time, and the same when it is made smaller", async () => {
    const draw = async () => (await drawDashboard(browser, server.url, "service-health", "light", 720)).whole;
    const [one, other] = [await draw(), await draw()];
    expect(one.equals(other)).toBe(true);
    const smaller = smallerPng(one);
    expect(smaller.length).toBeLessThan(one.length);
    const page = await browser.newPage();
    // Width, height and a sum over all pixels (FNV-1a), as the browser reads the file.
    const pixels = (png: Buffer) =>
      page.evaluate<readonly number[]>(`(async () => {
        const blob = await (await fetch("data:image/png;base64,${png.toString("base64")}")).blob();
        const bitmap = await createImageBitmap(blob);
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
        context.drawImage(bitmap, 0, 0);
        let hash = 0x811c9dc5;
        for (const byte of context.getImageData(0, 0, bitmap.width, bitmap.height).data)
          hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
        return [bitmap.width, bitmap.height, hash];
      })()`);
    expect((await pixels(one)).slice(0, 2)).toEqual([one.readUInt32BE(16), one.readUInt32BE(20)]);
    expect(await pixels(smaller)).toEqual(await pixels(one));
    await page.close();
  });
});
