import { RE2JS, RE2JSException } from "re2js";
import { Columns } from "./columns";
import type { Fail } from "./error";
import { withLabel } from "./label-sets";
import type { Evaluated, Labels } from "./series";

/** What a function changes of labels. */
type Relabel = (labels: Labels) => Labels;

/** A series with other labels. Fails where two of them have a value at the same time under the same labels. */
export function relabelled(input: readonly Evaluated[], relabel: Relabel, count: number, fail: Fail) {
  const columns = new Columns(count, fail);
  for (const column of input) columns.take({ ...column, labels: relabel(column.labels) });
  return columns.all();
}

/** `label_replace`: writes a label where another one matches a regular expression. */
export function labelReplace(
  [target = "", replacement = "", source = "", pattern = ""]: readonly string[],
  fail: Fail,
): Relabel {
  const regex = compiled(pattern) ?? fail(`invalid regular expression in label_replace(): ${pattern}`);
  if (target === "") fail(`invalid destination label name in label_replace(): ${target}`);
  return (labels) => {
    const matcher = regex.matcher(labels[source] ?? "");
    if (!matcher.matches()) return labels;
    const groups = regex.namedGroups();
    return withLabel(
      labels,
      target,
      expanded(replacement, (name) => {
        const group = /^\d+$/.test(name) ? Number(name) : groups[name];
        return group === undefined || group > matcher.groupCount() ? "" : (matcher.group(group) ?? "");
      }),
    );
  };
}

/** `label_join`: writes the values of labels into one. */
export function labelJoin([target = "", separator = "", ...sources]: readonly string[], fail: Fail): Relabel {
  if (target === "") fail(`invalid destination label name in label_join(): ${target}`);
  if (sources.includes("")) fail("invalid source label name in label_join(): ");
  return (labels) => withLabel(labels, target, sources.map((source) => labels[source] ?? "").join(separator));
}

function compiled(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}

/** Groups in the place of `$1`, `$name` and `${name}`, and `$` in that of `$$`, as Go's Regexp.Expand does. */
function expanded(template: string, group: (name: string) => string): string {
  return template.replace(
    /\$(?:(\$)|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu,
    (_, dollar?: string, plain?: string, braced?: string) => dollar ?? group(plain ?? braced ?? ""),
  );
}
