import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, hashOf, oldPictures, type DrawnPicture } from "../../preview/pictures/manifest";
import { stalePictures } from "../../preview/pictures/stale";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();
const of = { dashboard: "d", page: "p", traffic: "t" };

it("no picture in the documents is older than its dashboard", () => {
  // What the page looks like may be ahead of them: it shows nothing else.
  const old = stalePictures().filter(({ why }) => why !== "is older than the page");
  expect(old.map(({ file, why }) => `docs/pictures/${file} ${why}: run ${command}`)).toEqual([]);
});

it.each(["README.md", "docs/dashboards.md"])("%s shows pictures that there are", (document) => {
  const root = join(__dirname, "../..");
  const text = readFileSync(join(root, document), "utf8");
  const shown = [...text.matchAll(/(?:src|srcset)="([^"]+\.png)"/g)].map(([, path = ""]) => path);
  expect(shown.length).toBeGreaterThanOrEqual(2);
  for (const path of shown) expect(readFileSync(join(root, document, "..", path)).length).toBeGreaterThan(0);
});

describe("a picture", () => {
  const check = (drawn: Partial<DrawnPicture>, png = "png") => {
    const path = folder();
    writeFileSync(join(path, "a.png"), png);
    return oldPictures(
      new Map([["a.png", of]]),
      { "a.png": { ...of, png: hashOf("png"), ...drawn } },
      path,
    ).map(({ why }) => why);
  };

  it("is as it must be", () => {
    expect(check({})).toEqual([]);
  });

  it.each<[Partial<DrawnPicture>, string]>([
    [{ dashboard: "other" }, "is older than its dashboard"],
    [{ traffic: "other" }, "is older than the known traffic"],
    [{ page: "other" }, "is older than the page"],
    [{ png: "other" }, "was changed by hand"],
  ])("with %j %s", (drawn, why) => {
    expect(check(drawn)).toEqual([why]);
  });

  it("is not there", () => {
    expect(oldPictures(new Map([["a.png", of]]), {}, folder())).toEqual([
      { file: "a.png", why: "is not there" },
    ]);
  });
});
