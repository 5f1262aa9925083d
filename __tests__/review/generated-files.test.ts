import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { loadEnvironments } from "../../environments";
import { bringUpToDate, compared, difference, isCurrent } from "../../review/generated-file";
import { generatedFiles } from "../../review/generated-files";
import { stackKindsOf } from "../../stacks/kinds";
import { temporaryFolder } from "../support/temporary-folder";

const root = resolve(__dirname, "../..");
const files = generatedFiles(loadEnvironments(undefined), root);

it.each(files.map((file) => [file.path, file] as const))("%s is what `npm run update` writes", (_, file) => {
  const { found, wanted } = compared(file, root);
  expect(found).toBe(wanted);
});

it("there is a snapshot of each stack of each environment", () => {
  const names = loadEnvironments(undefined).flatMap((environment) =>
    stackKindsOf(environment).map((kind) => `${environment.name}-${kind}.yaml`),
  );
  expect(readdirSync(join(root, "__tests__/stacks/snapshots")).sort()).toEqual(names.sort());
});

describe("bringing a file up to date", () => {
  const makeFolder = temporaryFolder();
  const at = (found: string | undefined, wanted: string | undefined) => {
    const folder = makeFolder();
    const path = "docs/a.md";
    if (found !== undefined) {
      mkdirSync(dirname(join(folder, path)));
      writeFileSync(join(folder, path), found);
    }
    const file = { path, make: () => wanted };
    const before = compared(file, folder);
    const became = bringUpToDate(before, folder);
    const after = compared(file, folder);
    return { became, difference: isCurrent(before) ? undefined : difference(before), text: after.found };
  };

  it("says what became of it", () => {
    expect(at("a\n", "a\n")).toEqual({ became: "unchanged", difference: undefined, text: "a\n" });
    expect(at("a\nb\n", "a\nc\n")).toEqual({
      became: "written",
      difference: "differs from line 2 on",
      text: "a\nc\n",
    });
    expect(at(undefined, "a\n")).toEqual({ became: "new", difference: "is missing", text: "a\n" });
    expect(at("a\n", undefined)).toEqual({
      became: "removed",
      difference: "is of something that there is no more",
      text: undefined,
    });
  });

  it("lets what people write in a document be", () => {
    const document = files.find(({ path }) => path === "docs/notifications.md");
    const text = readFileSync(join(root, "docs/notifications.md"), "utf8");
    expect(document?.make(`Mine.\n${text}`)).toBe(`Mine.\n${text}`);
    expect(() => document?.make(undefined)).toThrow("docs/notifications.md is missing");
  });
});
