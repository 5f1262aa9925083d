import { parseArgs, type ParseArgsConfig } from "node:util";
import { didYouMean, nearest } from "../../metrics/describe";
import { CommandError } from "./command";
import { withoutCredentials } from "./credentials";

/**
 * `parseArgs` of Node, with errors for people.
 * @throws CommandError that names every option that there is not, or that is given with too much or too little, and
 * otherwise the first argument where none is taken
 */
export function parseOptions<T extends ParseArgsConfig & { readonly args: string[] }>(
  config: T,
): ReturnType<typeof parseArgs<T>> {
  const problems = problemsOf(config);
  if (problems.length > 0) throw new CommandError(`${problems.join("\n")}\nSee --help.`);
  return parseArgs(config);
}

/** The error for a name that there is not. */
export function unknownName(what: string, found: string, allowed: readonly string[]): CommandError {
  return new CommandError(
    `${what}: found "${found}", allowed: ${allowed.join(", ")}${didYouMean(found, allowed)}\nSee --help.`,
  );
}

function problemsOf({ args, options = {}, allowPositionals = false }: ParseArgsConfig & { args: string[] }) {
  const { tokens } = parseArgs({ args, options, allowPositionals: true, strict: false, tokens: true });
  const known = [...Object.keys(options), "help"].map((name) => `--${name}`);
  // Letters after a single dash are an option each to parseArgs, and one word to who typed them.
  const typed = tokens.filter(({ index }, at) => tokens.findIndex((other) => other.index === index) === at);
  const problems = typed.flatMap((token) => {
    if (token.kind !== "option") return [];
    const { rawName, value, inlineValue } = token;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined || rawName !== `--${token.name}`) {
      const [word = ""] = (args[token.index] ?? rawName).split("=");
      const meant = nearest(`--${word.replace(/^-+/, "")}`, known);
      const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
      return [`${word}: found no such option, allowed: ${known.join(", ")}${hint}`];
    }
    if (option.type === "boolean") {
      return value === undefined ? [] : [`${rawName}: found the value "${value}", allowed: none`];
    }
    if (value === undefined || value === "") return [`${rawName}: found no value, allowed: ${rawName} VALUE`];
    return value.startsWith("-") && !inlineValue
      ? [`${rawName}: found no value but ${value}, allowed: ${rawName} VALUE, or ${rawName}=${value}`]
      : [];
  });
  const [stray] = tokens.filter(({ kind }) => kind === "positional");
  return problems.length > 0 || allowPositionals || stray?.kind !== "positional"
    ? problems
    : [`"${stray.value}": found an argument, allowed: options alone: ${known.join(", ")}`];
}

/**
 * The number that an option gives.
 * @throws CommandError that names the option and what it allows, unless the number is between the bounds or one of them
 */
export function numberIn(option: string, text: string, min: number, max: number): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (!(value >= min && value <= max)) {
    throw new CommandError(
      `${option}: expected a number from ${String(min)} to ${String(max)}, found "${text}".`,
    );
  }
  return value;
}

/**
 * The address that an option gives.
 * @throws CommandError that names the option, unless it is one of http or https
 */
export function urlIn(option: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new CommandError(
    `${option}: expected an http(s) URL, found "${withoutCredentials(text)}".\nSee --help.`,
  );
}
