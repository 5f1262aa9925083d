import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkout, description } from "../../../review/version/checkout";

let work: string;
let project: string;
/** The folders that checkouts have left. */
const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith("review-base-"));
let before: readonly string[];

function git(...args: readonly string[]): string {
  const identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
  const { status, stdout, stderr } = spawnSync("git", [...identity, ...args], {
    cwd: project,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), text);
  }
}

function commit(files: Readonly<Record<string, string>>): string {
  write(files);
  git("add", "-A");
  git("commit", "-q", "-m", "Parcels");
  return git("rev-parse", "HEAD");
}

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), "checkout-"));
  project = join(work, "project");
  before = left();
  mkdirSync(project);
  git("init", "-q", "-b", "main");
  write({ ".gitignore": "node_modules\n", "node_modules/package/index.js": "packed" });
});
afterEach(() => {
  rmSync(work, { recursive: true, force: true });
});

describe("a checkout", () => {
  it("has the files of the commit, and the packages of the project", () => {
    const first = commit({ [description]: "first", "gone.txt": "gone", "deep/er/file.txt": "deep" });
    rmSync(join(project, "gone.txt"));
    commit({ [description]: "second" });
    write({ [description]: "not committed", "new.txt": "not committed" });
    const base = checkout("HEAD~1", project);
    expect(base.name).toBe(`HEAD~1 (${first.slice(0, 7)})`);
    expect(readFileSync(join(base.folder, description), "utf8")).toBe("first");
    expect(readFileSync(join(base.folder, "gone.txt"), "utf8")).toBe("gone");
    expect(readFileSync(join(base.folder, "deep/er/file.txt"), "utf8")).toBe("deep");
    expect(readFileSync(join(base.folder, "node_modules/package/index.js"), "utf8")).toBe("packed");
    expect(existsSync(join(base.folder, "new.txt"))).toBe(false);
    base.remove();
    expect(left()).toEqual(before);
    expect(readFileSync(join(project, "node_modules/package/index.js"), "utf8")).toBe("packed");
  });

  it("touches neither the working tree nor what is staged", () => {
    const first = commit({ [description]: "first" });
    write({ [description]: "changed", "staged.txt": "staged" });
    git("add", "staged.txt");
    git("checkout", "-q", "--detach");
    const status = git("status", "--porcelain=v2", "--branch");
    const base = checkout(first, project);
    expect(base.name).toBe(first.slice(0, 7));
    base.remove();
    expect(git("status", "--porcelain=v2", "--branch")).toBe(status);
    expect(readFileSync(join(project, description), "utf8")).toBe("changed");
  });

  it("has the part of the repository that the project is", () => {
    commit({ [description]: "of the whole", [`monitoring/${description}`]: "of the part" });
    const base = checkout("main", join(project, "monitoring"));
    expect(readFileSync(join(base.folder, description), "utf8")).toBe("of the part");
    expect(existsSync(join(base.folder, "monitoring"))).toBe(false);
    base.remove();
  });

  it("has the commit of a tag, also of one with a message", () => {
    const first = commit({ [description]: "first" });
    git("tag", "-a", "v1", "-m", "One");
    commit({ [description]: "second" });
    const base = checkout("v1", project);
    expect(base.name).toBe(`v1 (${first.slice(0, 7)})`);
    expect(readFileSync(join(base.folder, description), "utf8")).toBe("first");
    base.remove();
  });
});

describe("is refused", () => {
  it.each(["nowhere", "", "-q", "--all", "main:package.json", "main --all", "$(touch x)", "0000000"])(
    "what is no commit: %j",
    (revision) => {
      commit({ [description]: "first" });
      expect(() => checkout(revision, project)).toThrow(
        `--base: found "${revision}", allowed: a branch, a tag or a commit of this repository.`,
      );
      expect(left()).toEqual(before);
      expect(existsSync(join(project, "x"))).toBe(false);
    },
  );

  it("what git has nothing of yet", () => {
    expect(() => checkout("main", project)).toThrow('--base: found "main", allowed: a branch');
  });

  it("a commit that cannot describe itself, and nothing is left of it", () => {
    commit({ "README.md": "old" });
    expect(() => checkout("main", project)).toThrow(
      `--base: found "main", allowed: a commit that has ${description}`,
    );
    expect(left()).toEqual(before);
  });

  it("a folder without git", () => {
    const bare = join(work, "bare");
    mkdirSync(bare);
    expect(() => checkout("main", bare)).toThrow(
      `--base: ${bare} is in no git repository, so that there is no commit to compare with. \`npm run review -- --example\` needs none.`,
    );
  });

  it("a repository that git does not look into, in git's own words", () => {
    commit({ [description]: "first" });
    writeFileSync(join(project, ".git/config"), "[core\n");
    expect(() => checkout("main", project)).toThrow(
      /^--base: git cannot look for "main": fatal: bad config line 1/,
    );
  });

  it("a machine without git", () => {
    const path = process.env.PATH;
    const programs = join(work, "programs");
    mkdirSync(programs);
    process.env.PATH = programs;
    try {
      expect(() => checkout("main", project)).toThrow("--base: git cannot be run: spawnSync git ENOENT");
      writeFileSync(join(programs, "git"), "");
      chmodSync(join(programs, "git"), 0o600);
      expect(() => checkout("main", project)).toThrow("--base: git cannot be run: spawnSync git EACCES");
    } finally {
      process.env.PATH = path;
    }
  });
});
