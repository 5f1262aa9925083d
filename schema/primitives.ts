import { z } from "zod";

/** `a-z`, `0-9` and single `-`, starting with a letter: what AWS, Docker and DNS all accept in a name. */
const dashed = /^[a-z](?:-?[a-z0-9])*$/;

/** A name in lower case with dashes, e.g. `my-service`; of `min` to `max` characters. */
export function dashedName(max: number, min = 1) {
  const length = min === 1 ? `at most ${String(max)}` : `${String(min)} to ${String(max)}`;
  const error = `a name of a-z, 0-9 and single dashes that starts with a letter, ${length} characters`;
  return z.string({ error }).regex(dashed, { error, abort: true }).min(min, { error }).max(max, { error });
}

/** A whole number between two bounds, both allowed. Without an upper one, what is meant by it has none. */
export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER) {
  const upTo = max === Number.MAX_SAFE_INTEGER ? "" : ` to ${String(max)}`;
  const error = `a whole number from ${String(min)}${upTo}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** A number between two bounds, both allowed. */
export function decimal(min: number, max: number) {
  const error = `a number from ${String(min)} to ${String(max)}`;
  return z.number({ error }).min(min, { error }).max(max, { error });
}

/** A text that matches a pattern; `allowed` says in words what does. */
export function text(pattern: RegExp, allowed: string) {
  return z.string({ error: allowed }).regex(pattern, { error: allowed });
}

/** A text that a predicate accepts; `allowed` says in words what it accepts. */
export function textThat(accepts: (text: string) => boolean, allowed: string) {
  return z.string({ error: allowed }).refine(accepts, { error: allowed });
}

/** A text that is not empty. */
export const nonEmptyText = z.string().min(1, { error: "a text of 1 characters or more" });

/** Why something is not there, for whoever reads the file later. */
export const reason = textThat(
  (value) => value.trim() !== "" && value.length <= 300,
  "why, in a text of 1 to 300 characters",
);

/** A list of `min` to `max` entries. */
export function list<T extends z.ZodType>(entry: T, min: number, max: number) {
  const error = `a list of ${String(min)} to ${String(max)} entries`;
  return z.array(entry, { error }).min(min, { error }).max(max, { error });
}

/** A TCP port. */
export const port = wholeNumber(1, 65535);

/** Whether digits are those of a TCP port. */
export function isPort(digits: string): boolean {
  return /^\d{1,5}$/.test(digits) && port.safeParse(Number(digits)).success;
}

const percentAllowed = "a number of percent above 0 and below 100";

/** Share of a whole in percent, above 0 and below 100: a threshold at either end would never or always fire. */
export const percent = z
  .number({ error: percentAllowed })
  .gt(0, { error: percentAllowed })
  .lt(100, { error: percentAllowed });

const durationUnits = { ms: 1, s: 1e3, m: 60e3, h: 3600e3, d: 86400e3, w: 604800e3, y: 31536000e3 };
const durationPattern = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/** Milliseconds of a Prometheus duration (`1h30m`, `15s`); NaN for what is none. */
export function durationMs(text: string): number {
  const match = durationPattern.exec(text);
  if (!match || text === "") return NaN;
  const units = [
    durationUnits.y,
    durationUnits.w,
    durationUnits.d,
    durationUnits.h,
    durationUnits.m,
    durationUnits.s,
    durationUnits.ms,
  ];
  return units.reduce((sum, unit, index) => sum + Number(match[index + 1] ?? 0) * unit, 0);
}

/**
 * A duration as Prometheus and Alertmanager write it: `15s`, `1h30m`, `15d`, between two such durations, both
 * allowed.
 */
export function duration(min: string, max: string) {
  return textThat(
    (value) => durationMs(value) >= durationMs(min) && durationMs(value) <= durationMs(max),
    `a duration such as "15s" or "1h30m", from ${min} to ${max}`,
  );
}

function isPlainHttpUrl(value: string): boolean {
  if (value.length > 300 || /[\s?#\\]/.test(value) || !URL.canParse(value)) return false;
  const { username, password } = new URL(value);
  return /^https?:\/\/[^/]/.test(value) && username === "" && password === "";
}

const noSecrets =
  "of at most 300 characters, without user, password, query or fragment (a secret belongs in a variable)";

/** An absolute `http://` or `https://` URL without user, password, query or fragment. */
export const httpUrl = textThat(isPlainHttpUrl, `an http:// or https:// URL ${noSecrets}`);

/** As `httpUrl`, with TLS. */
export const httpsUrl = textThat(
  (value) => value.startsWith("https://") && isPlainHttpUrl(value),
  `an https:// URL ${noSecrets}`,
);

/** An e-mail address. */
export const emailAddress = z
  .email({ error: `an e-mail address such as "team@example.com"` })
  .max(254, { error: "an e-mail address of at most 254 characters" });

/** The name of a Terraform variable that holds a secret. */
export const secretName = text(
  /^(?=.{1,64}$)[a-z](?:_?[a-z0-9])*$/,
  `a variable's name of a-z, 0-9 and single underscores, such as "pager_url"`,
);

/** Role that is assumed for AWS's signatures. */
export const roleArn = text(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/, "the ARN of a role");

/** Name or IPv4 address of a host, such as `db.example.com`. */
export const hostName = text(
  /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/,
  `a host such as "db.example.com" or "10.0.0.5", without a port`,
);

/** A host and a port, such as `smtp.gmail.com:587`. */
export const hostAndPort = textThat((value) => {
  const match = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?:([1-9]\d{0,4})$/.exec(value);
  return match !== null && isPort(match[1] ?? "");
}, `a host and a port such as "smtp.gmail.com:587"`);
