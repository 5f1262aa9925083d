import { readFileSync, statSync, writeFileSync } from "node:fs";
import { CommandError } from "./command";

/** The text of a file, or why there is none, as the end of a sentence that begins with the file's name. */
export type TextFile = { readonly text: string } | { readonly error: string };

const mebibyte = 2 ** 20;
/** The longest file that is read, in bytes: rules and dashboards are a thousandth of it. */
const longest = 64 * mebibyte;

/** Reads what somebody named as a text: UTF-8, or UTF-16 with a byte order mark. Never throws. */
export function readTextFile(path: string): TextFile {
  let content: Buffer;
  try {
    const status = statSync(path);
    if (status.isDirectory()) return { error: "is a folder: name the files in it." };
    if (!status.isFile() && !status.isFIFO()) return { error: "is no file." };
    if (status.size > longest)
      return { error: `is too long: expected at most ${String(longest / mebibyte)} MiB.` };
    content = readFileSync(path);
  } catch (error) {
    return { error: `cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
  try {
    const text = new TextDecoder(encodingOf(content), { fatal: true }).decode(content);
    return text.includes("\0") ? { error: "is no text, but binary." } : { text };
  } catch {
    return { error: "is no text in UTF-8." };
  }
}

/** Writes a text into a file that somebody named. @throws CommandError that names the file where it cannot be written */
export function writeTextFile(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new CommandError(
      `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function encodingOf(content: Buffer): string {
  if (content[0] === 0xff && content[1] === 0xfe) return "utf-16le";
  return content[0] === 0xfe && content[1] === 0xff ? "utf-16be" : "utf-8";
}
