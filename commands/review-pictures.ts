import "../operations/terminal/load-failure";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findProgram } from "../operations/find-program";
import { CommandError, run } from "../operations/terminal/command";
import { parseOptions, unknownName } from "../operations/terminal/options";
import { writeTextFile } from "../operations/terminal/text-file";
import { launchBrowser } from "../preview/pictures/draw";
import { ensurePreview } from "../preview/server/installation";
import { progressLine } from "../preview/server/progress-line";
import {
  drawnExample,
  picturesPlace,
  readManifest,
  saidPath,
  writeManifest,
} from "../review/example/documented";
import { drawShot } from "../review/example/pictures";
import { shownExamples } from "../review/example/shots";
import type { Review } from "../review/page/data/review";
import { verdictsOf } from "../review/page/verdicts";
import { projectFolder } from "../review/version/checkout";

const help = `Makes the review of each example of a change in examples/review, against the last commit, and writes what docs/review.md shows of it: a picture in docs/pictures/review, and what it says beside the change. Needs chromium, and a minute for each. Then \`npm run update\` writes the document.

npm run review:pictures
npm run review:pictures -- threshold    only this example
  --help  print this text`;

run(help, async (args, stopped) => {
  const { positionals } = parseOptions({ args, allowPositionals: true, options: {} });
  const all = Object.keys(shownExamples);
  for (const name of positionals) if (!all.includes(name)) throw unknownName("example", name, all);
  const chromium = findProgram("chromium") ?? findProgram("google-chrome");
  if (chromium === undefined) {
    throw new CommandError("There is no chromium on the PATH. On Debian: apt-get install chromium");
  }
  const work = mkdtempSync(join(tmpdir(), "review-pictures-"));
  try {
    const drawn = (async () => {
      await ensurePreview(progressLine());
      for (const change of positionals.length === 0 ? all : positionals) await show(change, work, chromium);
    })();
    await Promise.race([drawn, stopped]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
});

async function show(change: string, work: string, chromium: string): Promise<void> {
  const shown = shownExamples[change];
  if (shown === undefined) return;
  const folder = join(work, change);
  await reviewed(change, folder);
  const review = JSON.parse(readFileSync(join(folder, "review.json"), "utf8")) as Review;
  const said = verdictsOf(review).filter(({ part }) => shown.says.includes(part));
  const browser = await launchBrowser(chromium);
  try {
    const url = pathToFileURL(join(folder, "review.html")).href;
    const png = await drawShot(browser, url, { change, ...shown.shot });
    const pictures = join(projectFolder, picturesPlace);
    mkdirSync(pictures, { recursive: true });
    writeFileSync(join(pictures, `${change}.png`), png);
    writeManifest({ ...readManifest(), [change]: drawnExample(change, png, projectFolder) });
    writeTextFile(
      join(projectFolder, saidPath(change)),
      said.map(({ title, sentence }) => `${title}: ${sentence}\n`).join(""),
    );
    console.log(`${change}: ${String(Math.ceil(png.length / 1_000))} kB`);
  } finally {
    await browser.close();
  }
}

/** Makes the review as people do. */
async function reviewed(change: string, out: string): Promise<void> {
  const args = ["--import", "tsx", "commands/review.ts", "--example", change, "--out", out];
  const child = spawn(process.execPath, args, {
    cwd: projectFolder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const errors: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
  const status = await new Promise((resolve) => child.once("close", resolve));
  if (status !== 0) throw new CommandError(`The review of the ${change} failed:\n${errors.join("").trim()}`);
}
