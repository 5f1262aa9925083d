import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findPython } from "../../../demo/flask/python";
import { temporaryFolder } from "../../support/temporary-folder";

const use = { what: "the services in Python", without: "leave --python out" };

describe("the Python of this machine", () => {
  const newFolder = temporaryFolder();
  const before = process.env.PATH;
  afterEach(() => {
    process.env.PATH = before;
  });

  /** A PATH with programs that say that they are these versions. */
  function pathWith(programs: Readonly<Record<string, string>>): string {
    const folder = newFolder();
    for (const [name, says] of Object.entries(programs)) {
      writeFileSync(join(folder, name), `#!/bin/sh\necho "${says}"\n`);
      chmodSync(join(folder, name), 0o755);
    }
    process.env.PATH = folder;
    return folder;
  }

  it("is the first that is new enough", () => {
    const folder = pathWith({ python3: "Python 3.9.2", "python3.12": "Python 3.12.4" });
    expect(findPython(use)).toEqual({ path: join(folder, "python3.12"), version: "3.12.4" });
  });

  it("is refused where it is too old, with what was found and what to do", () => {
    const folder = pathWith({ python3: "Python 3.9.2" });
    expect(() => findPython(use)).toThrow(
      `The services in Python need Python 3.10 or newer on the PATH; found 3.9.2 at ${join(folder, "python3")}. Install one (with Debian: apt-get install python3 python3-venv), or leave --python out.`,
    );
  });

  it("is refused where there is none, or one that does not say what it is", () => {
    pathWith({});
    expect(() => findPython(use)).toThrow("found none.");
    pathWith({ python3: "something else" });
    expect(() => findPython(use)).toThrow("found none.");
  });
});
