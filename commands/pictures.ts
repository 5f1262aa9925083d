import "../operations/terminal/load-failure";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "../operations/find-program";
import { launchBrowser } from "../preview/pictures/draw";
import { makePictures } from "../preview/pictures/make";
import { stalePictures } from "../preview/pictures/stale";
import { ensurePreview } from "../preview/server/installation";
import { CommandError, run } from "../operations/terminal/command";
import { parseOptions } from "../operations/terminal/options";
import { progressLine } from "../preview/server/progress-line";

const help = `Draws the dashboards, dark and light, into docs/pictures, by the page of the preview and with the data of a known traffic: those whose picture is older than the dashboard, the page or the traffic. Needs chromium; where a dashboard asks something new, prometheus and promtool too.

npm run pictures -- [options]
  --all    draw all
  --check  draw nothing; exit status 1 where a picture is old
  --help   print this text`;

run(help, async (args, stopped) => {
  const { values } = parseOptions({
    args,
    options: { all: { type: "boolean", default: false }, check: { type: "boolean", default: false } },
  });
  if (values.check) {
    const old = stalePictures();
    if (old.length > 0) {
      throw new CommandError(
        `${old.map(({ file, why }) => `docs/pictures/${file} ${why}`).join("\n")}\nRun \`npm run pictures\`, and commit what it writes.`,
      );
    }
    console.log("All pictures are as they must be.");
    return;
  }
  const chromium = findProgram("chromium") ?? findProgram("google-chrome");
  if (chromium === undefined) {
    throw new CommandError("There is no chromium on the PATH. On Debian: apt-get install chromium");
  }
  const folder = mkdtempSync(join(tmpdir(), "pictures-"));
  try {
    const drawn = (async () => {
      await ensurePreview(progressLine());
      return makePictures({
        all: values.all,
        onProgress: (line) => {
          console.log(line);
        },
        browser: () => launchBrowser(chromium),
        workFolder: join(folder, "prometheus"),
      });
    })();
    const files = await Promise.race([drawn, stopped]);
    if (files === undefined) return;
    console.log(files.length === 0 ? "All pictures are as they must be." : `Written: ${files.join(", ")}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
