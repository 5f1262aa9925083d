import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { allChecks } from "../../../alerts/lint/checks";

const folder = join(__dirname, "../../../docs/lint/rules");
const names = ["form", ...allChecks.map(({ name }) => name)];
const page = (name: string) => readFileSync(join(folder, `${name}.md`), "utf8");

describe("docs/lint/rules", () => {
  it("has a page for each check, and no other", () => {
    expect(readdirSync(folder).sort()).toEqual([...names, "README"].map((name) => `${name}.md`).sort());
  });

  it.each(names)("says of %s what it looks for and how to switch it off, and lists it", (name) => {
    expect(page(name)).toMatch(new RegExp(`^# ${name}\n\n.{30,}\n`));
    expect(page(name)).toMatch(new RegExp(`--disable ${name}|--catalogue|cannot be left out`));
    expect(page("README")).toContain(`[${name}](${name}.md)`);
  });
});
