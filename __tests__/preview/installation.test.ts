import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensurePreview, previewState, sourcesHash, type Progress } from "../../preview/server/installation";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();
const lock = {
  name: "page",
  lockfileVersion: 3,
  packages: {
    "": {},
    "node_modules/a": { version: "1.0.0" },
    "node_modules/b": { version: "2.0.0", optional: true },
  },
};

/** A package whose build is this script. */
function page(vite: string): string {
  const path = folder();
  mkdirSync(join(path, "page"));
  writeFileSync(join(path, "page/main.ts"), "1");
  writeFileSync(join(path, "package.json"), JSON.stringify({ name: "page", version: "1.0.0" }));
  writeFileSync(join(path, "package-lock.json"), JSON.stringify(lock));
  mkdirSync(join(path, "node_modules/vite/bin"), { recursive: true });
  writeFileSync(join(path, "node_modules/vite/bin/vite.js"), vite);
  return path;
}

/** Has npm's list of what it installed. */
function installed(path: string, packages: object = { "node_modules/a": { version: "1.0.0" } }): string {
  writeFileSync(join(path, "node_modules/.package-lock.json"), JSON.stringify({ packages }));
  return path;
}

const builds = `
const fs = require("node:fs");
const out = process.argv[process.argv.indexOf("--outDir") + 1];
fs.mkdirSync(out, { recursive: true });
fs.writeFileSync(out + "/index.html", fs.readFileSync("page/main.ts"));`;

describe("what there is", () => {
  it("is not installed without npm's own list, which npm writes last", () => {
    expect(previewState(page(""))).toBe("not-installed");
  });

  it("is not installed in other versions than the lock file's", () => {
    expect(previewState(installed(page(""), { "node_modules/a": { version: "0.9.0" } }))).toBe(
      "not-installed",
    );
  });

  it("may lack what is optional", () => {
    expect(previewState(installed(page("")))).toBe("not-built");
  });

  it("is not built of other sources than those that there are", async () => {
    const path = installed(page(builds));
    await ensurePreview(() => undefined, path);
    expect(previewState(path)).toBe("ready");
    writeFileSync(join(path, "page/new.ts"), "2");
    expect(previewState(path)).toBe("not-built");
  });
});

it("builds once, and says so", async () => {
  const path = installed(page(builds));
  const progress: Progress[] = [];
  await ensurePreview((each) => progress.push(each), path);
  await ensurePreview((each) => progress.push(each), path);
  expect(progress).toEqual([{ step: "building" }]);
  expect(readFileSync(join(path, "dist/index.html"), "utf8")).toBe("1");
  expect(JSON.parse(readFileSync(join(path, "dist/built.json"), "utf8"))).toEqual({
    sources: sourcesHash(path),
  });
});

it("keeps the last build when one fails, and tells its cause and what to do", async () => {
  const path = installed(page(builds));
  await ensurePreview(() => undefined, path);
  writeFileSync(join(path, "page/main.ts"), "2");
  writeFileSync(
    join(path, "node_modules/vite/bin/vite.js"),
    `${builds}\nconsole.error("page/main.ts: ENOSPC: no space left on device"); process.exit(1);`,
  );
  const failure = await ensurePreview(() => undefined, path).catch((error: unknown) => String(error));
  expect(failure).toBe(
    [
      "Error: The preview's page was not built (status 1). The disk is full: the preview takes 500 MB.",
      "  page/main.ts: ENOSPC: no space left on device",
      "Then run it again: it starts over, and nothing half-written is used.",
    ].join("\n"),
  );
  expect(readFileSync(join(path, "dist/index.html"), "utf8")).toBe("1");
  expect(previewState(path)).toBe("not-built");
  expect(readdirSync(path)).not.toContain("node_modules.lock");
});

it("is done by one of two at once, and the lock of one that is gone holds nobody", async () => {
  const path = installed(page(`${builds}\nfs.appendFileSync("builds", "x");`));
  // No process has this id.
  writeFileSync(join(path, "node_modules.lock"), "99999999");
  const steps: string[] = [];
  await Promise.all([1, 2].map(() => ensurePreview(({ step }) => steps.push(step), path)));
  expect(readFileSync(join(path, "builds"), "utf8")).toBe("x");
  expect(steps.filter((step) => step === "building")).toHaveLength(1);
  expect(existsSync(join(path, "node_modules.lock"))).toBe(false);
});
