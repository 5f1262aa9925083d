/** What a generated file says of itself, before the command that makes it. */
export const madeBy =
  "Made by this command from the catalogue of metrics. Do not edit it: change the catalogue, and make it anew.";

/** `jobs_failed_total` as `JobsFailedTotal`, `job-runner` as `JobRunner`: a name that languages take for a type. */
export function pascalCase(name: string): string {
  const words = name.split(/[^a-zA-Z0-9]+/).filter((word) => word !== "");
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** `job-runner` as `job_runner`. */
export function snakeCase(name: string): string {
  return name.replace(/[^a-zA-Z0-9]+/g, "_").toLowerCase();
}

/** `job-runner` as `jobRunner`. */
export function camelCase(name: string): string {
  const pascal = pascalCase(name);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

/** The names, those that were there already with a number: `Size`, `Size_2`. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((plain) => {
    let name = plain;
    for (let number = 2; taken.has(name); number++) name = `${plain}_${String(number)}`;
    taken.add(name);
    return name;
  });
}

/**
 * Names for values, each once: `out_of_memory` as `OutOfMemory`. Values that come to the same name are told
 * apart by a number, in the order of the values; one without a letter or digit is `Value`.
 */
export function namesOfValues(values: readonly string[]): ReadonlyMap<string, string> {
  const names = uniqueNames(values.map((value) => pascalCase(value) || "Value"));
  return new Map(values.map((value, index) => [value, names[index] ?? ""]));
}

/** A text in lines of at most `width` characters; a word that is longer has a line of its own. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((each) => each !== "")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    line += line === "" ? word : ` ${word}`;
  }
  return line === "" ? lines : [...lines, line];
}

/** A text as JSON writes it, which is a text in Python, Go and TypeScript, too. Only ASCII: editors show all of it. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
