import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** What each room may import: names of rooms, and `framework`. */
type House = Readonly<Record<string, readonly string[]>>;

/** The house as the table of CONTRIBUTING.md tells it; rooms that may import everything are none of ESLint's. */
function houseInWords(): House {
  const [, table = ""] =
    /## The house\n\n[^|]*\n((?:\|.*\n)+)/.exec(readFileSync(join(root, "CONTRIBUTING.md"), "utf8")) ?? [];
  const rows = table.split("\n").slice(2, -1);
  return Object.fromEntries(
    rows.flatMap((row) => {
      const [, place = "", , may = ""] = row.split("|").map((cell) => cell.trim());
      const room = /^`(\w+)\/`$/.exec(place)?.[1];
      return room === undefined || may === "everything" ? [] : [[room, roomsIn(may)]];
    }),
  );
}

function roomsIn(may: string): readonly string[] {
  const named = [...may.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
  return [...named, ...(may.includes("the framework") ? ["framework"] : [])].sort();
}

interface RestrictedImports {
  readonly files: readonly string[];
  readonly patterns: readonly { readonly regex?: string; readonly group?: readonly string[] }[];
}

/** The house as ESLint keeps it. */
function houseOfEslint(): House {
  const script = `import config from "./eslint.config.mjs";
    const rule = "no-restricted-imports";
    const rooms = config.filter(({ rules }) => rules?.[rule] !== undefined);
    console.log(JSON.stringify(rooms.map(({ files, rules }) => ({ files, patterns: rules[rule][1].patterns }))));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: root,
    encoding: "utf8",
  });
  if (stderr !== "") throw new Error(stderr);
  const configs = JSON.parse(stdout) as readonly RestrictedImports[];
  const rooms = configs.map(({ files: [file = ""] }) => file.split("/")[0] ?? "");
  return Object.fromEntries(
    configs.map(({ patterns }, index) => {
      const refuses = (path: string) =>
        patterns.some(({ regex }) => regex !== undefined && new RegExp(regex).test(path));
      const others = rooms.filter((room) => room !== rooms[index] && !refuses(`../${room}/file`));
      const hasFramework = !patterns.some(({ group }) => group?.includes("cdktf"));
      return [rooms[index] ?? "", [...others, ...(hasFramework ? ["framework"] : [])].sort()];
    }),
  );
}

it("ESLint refuses what the plan of CONTRIBUTING.md refuses, and nothing else", () => {
  const house = houseInWords();
  expect(Object.keys(house).length).toBeGreaterThan(10);
  expect(houseOfEslint()).toEqual(house);
});

it("arrows point one way only, from the top of the table to the bottom", () => {
  const house = houseInWords();
  const rooms = Object.keys(house);
  const upward = rooms.flatMap((room, index) =>
    (house[room] ?? [])
      .filter((other) => rooms.slice(0, index).includes(other))
      .map((other) => `${room} to ${other}`),
  );
  expect(upward).toEqual([]);
});
