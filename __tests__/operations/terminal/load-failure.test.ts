import { readFileSync } from "node:fs";
import { join } from "node:path";
import { restoredCopy } from "../../support/project-copy";

const restored = restoredCopy();
const commands = join(__dirname, "../../../commands");

/** What `npm run synth` and cdktf's own program say of a project with a mistake in a file. */
function said(file: string, from: string, to: string, environment?: string) {
  const copy = restored();
  copy.edit(file, from, to);
  const steered = { CDKTF_OUTDIR: "out", ...(environment !== undefined && { ENVIRONMENT: environment }) };
  return ["commands/synth.ts", "commands/app.cjs"].map((program) => {
    const loader = program.endsWith(".ts") ? ["--import", "tsx"] : [];
    const { status, stdout, stderr } = copy.run(process.execPath, [...loader, program], steered);
    return { status, output: `${stdout}${stderr}` };
  });
}

describe("a mistake in the code of an environment's file is told by its place, without a stack", () => {
  it("a missing brace", () => {
    const both = said("environments/dev.ts", "logs: { retentionDays: 7 },", "logs: { retentionDays: 7 ,");
    for (const each of both) {
      expect(each).toEqual({
        status: 1,
        output: expect.stringMatching(
          /^1 problem in the sources:\n {2}environments\/dev\.ts:\d+:\d+: Expected [^\n]+\n$/,
        ) as string,
      });
    }
  });

  it("a file that is not there", () => {
    for (const each of said("environments/index.ts", '"./dev"', '"./devel"')) {
      expect(each.status).toBe(1);
      expect(each.output).toMatch(
        /^1 problem in the sources:\n {2}environments\/index\.ts:1:\d+: Could not resolve "\.\/devel"\n$/,
      );
    }
  });

  it("a name that there is not", () => {
    for (const each of said("environments/dev.ts", "releasedServices(", "releasdServices(")) {
      expect(each.status).toBe(1);
      expect(each.output).toMatch(
        /^1 problem in the sources:\n {2}environments\/dev\.ts:\d+:\d+: releasdServices is not defined\n$/,
      );
    }
  });

  it("a copied file whose constant was not renamed", () => {
    for (const each of said("environments/dev.ts", "export const dev:", "export const staging:", "dev")) {
      expect(each.status).toBe(1);
      expect(each.output).toMatch(
        /^1 problem in the sources:\n {2}environments\/index\.ts:1:\d+: No matching export in "environments\/dev\.ts" for import "dev"\n$/,
      );
    }
  });
});

const { scripts } = JSON.parse(readFileSync(join(commands, "../package.json"), "utf8")) as {
  scripts: Readonly<Record<string, string>>;
};
const names = Object.values(scripts).flatMap((script) => /commands\/(\S+\.ts)/.exec(script)?.[1] ?? []);

it.each([...new Set(names)])("%s can tell such a mistake", (name) => {
  const [first] = readFileSync(join(commands, name), "utf8").split("\n");
  expect(first).toBe('import "../operations/terminal/load-failure";');
});
