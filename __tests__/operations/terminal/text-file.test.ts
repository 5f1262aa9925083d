import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readTextFile } from "../../../operations/terminal/text-file";
import { temporaryFolder } from "../../support/temporary-folder";

const newFolder = temporaryFolder();

function fileOf(content: string | Buffer): string {
  const file = join(newFolder(), "file");
  writeFileSync(file, content);
  return file;
}

describe("readTextFile", () => {
  it("reads UTF-8, and UTF-16 by its mark", () => {
    expect(readTextFile(fileOf("é"))).toEqual({ text: "é" });
    expect(readTextFile(fileOf(""))).toEqual({ text: "" });
    const wide = Buffer.from("\uFEFFé", "utf16le");
    expect(readTextFile(fileOf(wide))).toEqual({ text: "é" });
    expect(readTextFile(fileOf(Buffer.from(wide).swap16()))).toEqual({ text: "é" });
  });

  it("says why there is none", () => {
    expect(readTextFile(newFolder())).toEqual({ error: "is a folder: name the files in it." });
    expect(readTextFile("/dev/null")).toEqual({ error: "is no file." });
    expect(readTextFile(fileOf("a\0b"))).toEqual({ error: "is no text, but binary." });
    expect(readTextFile(fileOf(Buffer.from([0xff, 0x00, 0xc3])))).toEqual({ error: "is no text in UTF-8." });
    expect(readTextFile(join(newFolder(), "none"))).toEqual({
      error: expect.stringMatching(/^cannot be read: .*ENOENT/) as string,
    });
    const long = fileOf("");
    truncateSync(long, 64 * 2 ** 20 + 1);
    expect(readTextFile(long)).toEqual({ error: "is too long: expected at most 64 MiB." });
  });
});
