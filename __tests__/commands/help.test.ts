import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { wrapText } from "../../operations/terminal/wrap";

const root = resolve(__dirname, "../..");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Readonly<Record<string, string>>;
};
/** The scripts that are commands of this project, with the arguments that they have by themselves. */
const commands = Object.entries(scripts).flatMap(([name, script]) => {
  const found = /(commands\/[\w-]+)\.ts(.*)$/.exec(script);
  return found?.[1] === undefined ? [] : [{ name, file: found[1], args: (found[2] ?? "").trim().split(" ") }];
});

/** The texts that commands print for `--help`, before they are broken into lines; what they share is loaded once. */
function helpsOf(some: typeof commands): Map<string, string> {
  const argv = process.argv;
  const helps = new Map<string, string>();
  try {
    jest.isolateModules(() => {
      let help = "";
      jest.doMock("../../operations/terminal/command", () => ({
        ...jest.requireActual<object>("../../operations/terminal/command"),
        run: (text: string) => {
          help = text;
        },
      }));
      // It listens for mistakes in the files that a real command reads.
      jest.doMock("../../operations/terminal/load-failure", () => ({}));
      for (const { name, file, args } of some) {
        help = "";
        process.argv = [argv[0] ?? "", file, ...args];
        jest.requireActual(join(root, file));
        helps.set(name, help);
      }
    });
  } finally {
    process.argv = argv;
  }
  return helps;
}

/** A file with several scripts may print another help for each: no two of them are loaded together. */
const nth = (command: (typeof commands)[number]) =>
  commands.filter(({ file }) => file === command.file).indexOf(command);
const helps = new Map(
  [...new Set(commands.map(nth))].flatMap((number) => [
    ...helpsOf(commands.filter((command) => nth(command) === number)),
  ]),
);

it("there are commands to look at", () => {
  expect(commands.length).toBeGreaterThan(12);
});

describe.each(commands)("npm run $name -- --help", ({ name }) => {
  const help = helps.get(name) ?? "";

  it("fits into 80 columns", () => {
    expect(help).toContain("npm run ");
    expect(help).toMatch(/^ {2}--help +print this text$/m);
    const lines = wrapText(help, 80).split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.join(" ").split(/\s+/)).toEqual(help.split(/\s+/));
  });
});
