import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { Environment } from "../environments";
import { synthesize } from "../stacks";

/** Attributes that hold a document of their own, by what they are written in. */
const documents: Readonly<Record<string, (text: string) => unknown>> = {
  dashboard_body: (text) => JSON.parse(text) as unknown,
  config_json: dashboardInShort,
  json_data_encoded: (text) => JSON.parse(text) as unknown,
  policy: (text) => JSON.parse(text) as unknown,
  content: readableFile,
};

/**
 * What each stack of the environments is, to be read in a review, by the file's name: its JSON as YAML, the documents
 * in it taken apart, cdktf's notes left out.
 */
export function stackSnapshots(environments: readonly Environment[]): ReadonlyMap<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), "snapshots-"));
  try {
    synthesize(environments, outdir);
    const stacks = readdirSync(join(outdir, "stacks")).sort();
    return new Map(stacks.map((name) => [`${name}.yaml`, snapshot(join(outdir, "stacks", name))]));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function snapshot(folder: string): string {
  const stack: unknown = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
  return stringify(readable(stack), { lineWidth: 0 });
}

/**
 * A file in a container: YAML taken apart, a template by its length alone, as its text has tests of its own; a file in the form
 * of INI as it is.
 */
function readableFile(text: string): unknown {
  if (text.startsWith("{{/*")) return `(a template of ${String(text.split("\n").length)} lines)`;
  const isYaml = text.includes("\n") && !text.startsWith("[");
  const content: unknown = isYaml ? parse(text) : text;
  return isRuleFile(content) ? rulesInShort(content) : content;
}

interface RuleFile {
  readonly groups: readonly { name: string; rules: readonly { alert?: string; record?: string }[] }[];
}

function isRuleFile(content: unknown): content is RuleFile {
  return typeof content === "object" && content !== null && "groups" in content;
}

/** How many rules each group has; the rules have tests of their own. */
function rulesInShort({ groups }: RuleFile): unknown {
  return Object.fromEntries(groups.map(({ name, rules }) => [name, rules.length]));
}

/** What differs between environments; the dashboards have tests of their own. */
function dashboardInShort(text: string): unknown {
  const { uid, title, timezone, refresh, panels } = JSON.parse(text) as Record<string, unknown>;
  return { uid, title, timezone, refresh, panels: Array.isArray(panels) ? panels.length : panels };
}

function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  // Notes of cdktf, and what changes with every line of the sources that an image is built of.
  const entries = Object.entries(value).filter(([key]) => key !== "//" && key !== "triggers");
  return Object.fromEntries(
    entries.map(([key, inner]) => {
      const open = documents[key];
      return [key, readable(open && typeof inner === "string" ? open(inner) : inner)];
    }),
  );
}
