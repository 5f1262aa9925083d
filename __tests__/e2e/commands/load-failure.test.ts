import { readFileSync } from "node:fs";
import { join } from "node:path";
import { restoredCopy } from "../../support/project-copy";

const restored = restoredCopy();
const commands = join(__dirname, "../../../commands");

/** How a synth of all ends, and one that reads the environments itself, with a mistake in a file. */
function ends([file, from, to]: readonly [file: string, from: string, to: string]) {
  const copy = restored();
  copy.edit(file, from, to);
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = copy.run(process.execPath, args, { CDKTF_OUTDIR: "out" });
    return { status, output: `${stdout}${stderr}` };
  };
  return { ofAll: run("commands/app.cjs"), ofNamed: run("--import", "tsx", "commands/synth.ts", "dev") };
}

const told = (line: string) => ({
  status: 1,
  output: expect.stringMatching(new RegExp(`^${line}\n$`)) as string,
});

it.each([
  {
    what: "a missing brace",
    mistake: ["environments/dev.ts", 'target: { kind: "fleet" },', 'target: { kind: "fleet" ,'] as const,
    all: "environments/dev\\.ts:\\d+:\\d+: Expected [^\n]+",
    named: "environments/dev\\.ts:\\d+:\\d+: Expected [^\n]+",
  },
  {
    what: "a file that is not there",
    mistake: ["environments/index.ts", '"./dev"', '"./devel"'] as const,
    all: 'environments/index\\.ts:1:\\d+: Could not resolve "\\./devel"',
    named: "environments/index\\.ts: Cannot find module '\\./devel'",
  },
  {
    what: "a name that there is not",
    mistake: ["environments/dev.ts", "releasedServices(", "releasdServices("] as const,
    all: "environments/dev\\.ts:\\d+:\\d+: releasdServices is not defined",
    named: "environments/dev\\.ts:\\d+:\\d+: ReferenceError: releasdServices is not defined",
  },
  {
    what: "a copied file whose constant was not renamed",
    mistake: ["environments/dev.ts", "export const dev:", "export const staging:"] as const,
    all: 'environments/index\\.ts:1:\\d+: No matching export in "environments/dev\\.ts" for import "dev"',
  },
])("$what in an environment's file is told by its place, without a stack", ({ mistake, all, named }) => {
  const { ofAll, ofNamed } = ends(mistake);
  const bySynth = `1 problem in the sources:\n {2}${all}`;
  expect(ofAll).toEqual(told(bySynth));
  // A name that is not exported is no mistake to tsx: the synth that follows tells of it.
  expect(ofNamed).toEqual(told(named ?? bySynth));
});

const { scripts } = JSON.parse(readFileSync(join(commands, "../package.json"), "utf8")) as {
  scripts: Readonly<Record<string, string>>;
};
const names = Object.values(scripts).flatMap((script) => /commands\/(\S+\.ts)/.exec(script)?.[1] ?? []);

it.each([...new Set(names)])("%s can tell such a mistake", (name) => {
  const [first] = readFileSync(join(commands, name), "utf8").split("\n");
  expect(first).toMatch(/^import (?:\{ importedLater \} from )?"\.\.\/operations\/terminal\/load-failure";$/);
});
