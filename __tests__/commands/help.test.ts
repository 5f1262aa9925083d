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

/** The text that a command prints for `--help`, before it is broken into lines. */
function helpOf({ file, args }: (typeof commands)[number]): string {
  let help = "";
  const argv = process.argv;
  process.argv = [argv[0] ?? "", file, ...args];
  try {
    jest.isolateModules(() => {
      jest.doMock("../../operations/terminal/command", () => ({
        ...jest.requireActual<object>("../../operations/terminal/command"),
        run: (text: string) => {
          help = text;
        },
      }));
      // It listens for mistakes in the files that a real command reads.
      jest.doMock("../../operations/terminal/load-failure", () => ({}));
      jest.requireActual(join(root, file));
    });
  } finally {
    process.argv = argv;
  }
  return help;
}

it("there are commands to look at", () => {
  expect(commands.length).toBeGreaterThan(12);
});

describe.each(commands)("npm run $name -- --help", (command) => {
  const help = helpOf(command);

  it("fits into 80 columns", () => {
    expect(help).toContain("npm run ");
    expect(help).toMatch(/^ {2}--help +print this text$/m);
    const lines = wrapText(help, 80).split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.join(" ").split(/\s+/)).toEqual(help.split(/\s+/));
  });
});
