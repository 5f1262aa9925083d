import { parseOptions, unknownName } from "../../../operations/terminal/options";

const options = {
  json: { type: "boolean", default: false },
  yes: { type: "boolean", default: false },
  errors: { type: "string", default: "0" },
} as const;
const parse = (...args: string[]) => parseOptions({ args, options, allowPositionals: true });

it("options are what parseArgs of Node makes of them", () => {
  expect(parse("dev", "--errors=-1", "--json", "prod")).toMatchObject({
    values: { json: true, yes: false, errors: "-1" },
    positionals: ["dev", "prod"],
  });
  expect(parse("--", "--eror").positionals).toEqual(["--eror"]);
});

const allowed = "allowed: --json, --yes, --errors, --help";
it.each<[string, string[], string]>([
  ["misspelt", ["--eror", "0.2"], `--eror: found no such option, ${allowed}; did you mean --errors?`],
  [
    "misspelt with a value",
    ["--eror=0.2"],
    `--eror: found no such option, ${allowed}; did you mean --errors?`,
  ],
  ["one letter too many", ["--yess"], `--yess: found no such option, ${allowed}; did you mean --yes?`],
  ["a dash too few", ["-yes"], `-yes: found no such option, ${allowed}; did you mean --yes?`],
  ["like none", ["--verbose"], `--verbose: found no such option, ${allowed}`],
  ["misspelt help", ["--hlep"], `--hlep: found no such option, ${allowed}; did you mean --help?`],
  ["of every object", ["--constructor"], `--constructor: found no such option, ${allowed}`],
  ["with a value that it does not take", ["--json=yes"], `--json: found the value "yes", allowed: none`],
  ["without its value", ["--errors"], "--errors: found no value, allowed: --errors VALUE"],
  [
    "with another one in its value's place",
    ["--errors", "--json"],
    "--errors: found no value but --json, allowed: --errors VALUE, or --errors=--json",
  ],
])("an option is refused that is %s", (_, args, message) => {
  expect(() => parse(...args)).toThrow(new Error(`${message}\nSee --help.`));
});

it("all slips are told at once", () => {
  expect(() => parse("--eror", "0.2", "--yess")).toThrow(/^--eror: .*\n--yess: .*\nSee --help\.$/);
});

it("a name is refused where none is taken", () => {
  expect(() => parseOptions({ args: ["dev", "--json"], options })).toThrow(
    new Error(
      `"dev": found an argument, allowed: options alone: --json, --yes, --errors, --help\nSee --help.`,
    ),
  );
});

it("a name that there is not is told with those that there are, and the nearest", () => {
  expect(unknownName("--service", "ordr", ["auth", "order"]).message).toBe(
    `--service: found "ordr", allowed: auth, order; did you mean "order"?\nSee --help.`,
  );
});
