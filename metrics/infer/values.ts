import { pathsAmong } from "../contract/route-templates";
import { httpMethod, httpStatusCode } from "../http";
import { oneOf, oneOfOr, type OneOf } from "../labels";
import { isPersonalLabel, isSecretLabel, isSensitive } from "./sensitive";

/** A label whose values are a closed set, as far as was seen. */
export interface Closed {
  readonly kind: "closed";
  readonly spec: OneOf;
  /** Whether the set is one that all services share, so that nothing of it is a guess. */
  readonly isStandard: boolean;
}

/** A label with values that are not to be written down: too many, or of a kind that has no end. */
export interface Many {
  readonly kind: "many";
  /** The values but for `rest`. */
  readonly values: ReadonlySet<string>;
  readonly rest: string;
  readonly isRestSeen: boolean;
  /** Whether all values are templates of paths. */
  readonly isTemplate: boolean;
  /** What is wrong with such values, for people. Default: nothing. */
  readonly doubt?: string;
}

/** Most values that are taken for a closed set. */
const mostListed = 12;
/** Values that stand for all others, where services of any make have one. */
const restValues: readonly string[] = ["other", "others", "OTHER", "Other", "rest", "unmatched", "overflow"];
/** Names of labels whose values have no end, however few there are now. */
const openLabel =
  /(?:^|_)(?:id|ids|uuid|guid|account|tenant|name|host|hostname|peer|path|route|url|uri|endpoint|query|message|msg|description|title|text|body|trace|span|file|filename|sku|key|pid|version)$/i;
const pathLabel = /(?:^|_)(?:path|route|url|uri|endpoint|handler)$/i;
/** Words with a short number at most: `insufficient_stock`, `eu-central-1`, `v2`, `HTTP/1.1`, `NotFound`. */
const word = /^(?=.{1,40}$)[A-Za-z]{1,20}\d{0,2}(?:[ _.:/-](?:[A-Za-z]{1,20}\d{0,2}|\d{1,3})){0,6}$/;
const status = /^[1-5](?:\d\d|xx)$/i;

/** Judges the values of a label that were seen. @param values at least one */
export function judgeValues(label: string, values: ReadonlySet<string>): Closed | Many {
  const all = [...values].sort();
  if (isSecretLabel(label)) {
    return many(all, "its name is one of secrets: a label is for everyone to read, so leave it out");
  }
  const standard = standardOf(label, all);
  if (standard !== undefined) return { kind: "closed", spec: standard, isStandard: true };
  if (isPersonalLabel(label)) return many(all, `${personal} leave it out`);
  const isListed = all.length <= mostListed && all.every(isWord) && !openLabel.test(label);
  if (isListed) return { kind: "closed", spec: closedSpec(all), isStandard: false };
  const kept = all.filter((value) => !restValues.includes(value));
  if (kept.some((value) => /@|%40/.test(value) && isSensitive(value))) {
    return many(all, `${personal} leave it out`);
  }
  if (pathLabel.test(label) || kept.every((value) => value.startsWith("/"))) return ofPaths(all, kept);
  const ids = kept.filter((value) => isSensitive(value) || /^\d+$/.test(value)).length;
  // A single number may be a version.
  if (ids > 1 || kept.some(isSensitive)) {
    const found = `${String(ids)} of its values look like ids or keys`;
    return many(all, `${found}: each new one is one more series, so count those beyond the bound together`);
  }
  return many(all);
}

const personal = "it tells of persons or machines, which no series should:";

function standardOf(label: string, values: readonly string[]): OneOf | undefined {
  const known = (spec: OneOf) => values.every((value) => spec.values.includes(value));
  if (/(?:^|_)(?:status|code)$/i.test(label) && known(httpStatusCode)) return httpStatusCode;
  return /(?:^|_)method$/i.test(label) && known(httpMethod) ? httpMethod : undefined;
}

function isWord(value: string): boolean {
  return (word.test(value) || status.test(value)) && !isSensitive(value);
}

function closedSpec(values: readonly string[]): OneOf {
  const rest = values.find((value) => restValues.includes(value));
  if (rest === undefined || values.length < 3) return oneOf(...values);
  return oneOfOr(rest, ...values.filter((value) => value !== rest));
}

function ofPaths(all: readonly string[], kept: readonly string[]): Many {
  const paths = pathsAmong(kept).flatMap((each) => each.paths).length;
  if (paths > 0) {
    return many(all, `${String(paths)} of its values are paths: give their templates, such as /parcels/:id`);
  }
  return { ...many(all, undefined, "unmatched"), isTemplate: true };
}

function many(all: readonly string[], doubt?: string, otherwise = "other"): Many {
  const rest = all.find((value) => restValues.includes(value));
  const values = new Set(all.filter((value) => value !== rest));
  const judged = { kind: "many", values, isTemplate: false, isRestSeen: rest !== undefined } as const;
  return { ...judged, rest: rest ?? otherwise, ...(doubt !== undefined && { doubt }) };
}
