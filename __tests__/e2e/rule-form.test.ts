import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promtool } from "../support/promtool";
import { describeWith } from "../support/require-program";
import { refusedTexts, soundTexts } from "../support/rule-texts";
import { temporaryFolder } from "../support/temporary-folder";

const newFolder = temporaryFolder();

/** Whether Prometheus takes a file of rules. */
function isTaken(text: string): boolean {
  const file = join(newFolder(), "rules.yml");
  writeFileSync(file, text);
  const { status, stderr } = spawnSync("promtool", ["check", "rules", "--lint=none", file], {
    encoding: "utf8",
  });
  if (status === null) throw new Error(stderr);
  return status === 0;
}

describeWith([promtool], "The form of rule files, by promtool", () => {
  it.each(soundTexts)("takes: $title", ({ text }) => {
    expect(isTaken(text)).toBe(true);
  });

  it.each(refusedTexts)("refuses: $title", ({ text }) => {
    expect(isTaken(text)).toBe(false);
  });
});
