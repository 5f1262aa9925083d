import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { folderProblem, outProblem } from "../../../operations/terminal/folders";

const folder = mkdtempSync(join(tmpdir(), "folders-"));
const file = join(folder, "file");
const closed = join(folder, "closed");
beforeAll(() => {
  writeFileSync(file, "");
  mkdirSync(closed);
  chmodSync(closed, 0);
});
afterAll(() => {
  chmodSync(closed, 0o700);
  rmSync(folder, { recursive: true });
});

/** Root may read and write everywhere. */
const isRoot = process.getuid?.() === 0;

it("a folder that is to be read is one that is there", () => {
  expect(folderProblem("--from", folder)).toBeUndefined();
  const absent = join(folder, "absent");
  expect(folderProblem("--from", absent)).toBe(
    `--from: found no folder ${absent}, allowed: a folder that is there`,
  );
  expect(folderProblem("--from", file)).toBe(
    `--from: found no folder ${file}, allowed: a folder that is there`,
  );
});

it("what is written goes into a folder that is there, or is made", () => {
  expect(outProblem("--out", folder)).toBeUndefined();
  expect(outProblem("--out", join(folder, "new/deeper"))).toBeUndefined();
  for (const out of [file, join(file, "below")]) {
    expect(outProblem("--out", out)).toBe(
      `--out: found the file ${relative(process.cwd(), file)}, allowed: a folder, or a name that is free`,
    );
  }
});

it("a folder that is closed is told, but to root", () => {
  expect(folderProblem("--from", closed)).toBe(
    isRoot ? undefined : `--from: found the folder ${closed}, allowed: one that you may read`,
  );
  expect(outProblem("--out", join(closed, "new"))).toBe(
    isRoot ? undefined : `--out: found the folder ${closed}, allowed: one in which you may write`,
  );
});
