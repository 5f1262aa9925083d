import { humanizeDuration, numberOf } from "./humanize";
import { jsonOf } from "./json";
import { isMatch, replaceAll } from "./regular-expressions";
import { TemplateError } from "./template-error";
import { lower, titled, trimmed, upper } from "./texts";
import { GoDuration } from "./times";
import { fixed, MarkedText, stringList, variadic, type GoFunctions } from "./values";

/**
 * The functions of Alertmanager's templates, beside Go's own; those of 0.31.
 * @param now when the notification is made, in milliseconds of Unix time
 */
export function alertmanagerFunctions(now: number): GoFunctions {
  return {
    toUpper: fixed(["string"], upper),
    toLower: fixed(["string"], lower),
    title: fixed(["string"], (text) => titled(text, true)),
    trimSpace: fixed(["string"], trimmed),
    join: fixed(["string", "strings"], (separator, texts) => texts.join(separator)),
    match: fixed(["string", "string"], isMatch),
    safeHtml: fixed(["string"], (text) => new MarkedText("html", text)),
    safeUrl: fixed(["string"], (text) => new MarkedText("url", text)),
    urlUnescape: fixed(["string"], queryUnescaped),
    reReplaceAll: fixed(["string", "string", "string"], replaceAll),
    stringSlice: variadic([], "string", (...texts) => stringList(texts)),
    date: fixed(["string", "time"], (layout, time) => time.format(layout)),
    tz: fixed(["string", "time"], (zone, time) => time.in(zone)),
    since: fixed(["time"], (time) => new GoDuration(BigInt(now - time.milliseconds) * 1_000_000n)),
    humanizeDuration: fixed(["any"], (value) => humanizeDuration(numberOf(value))),
    toJson: fixed(["any"], jsonOf),
  };
}

function queryUnescaped(text: string): string {
  const broken = /%(?![0-9a-fA-F]{2}).{0,2}/su.exec(text)?.[0];
  if (broken !== undefined) throw new TemplateError(`invalid URL escape ${JSON.stringify(broken)}`);
  const bytes = Buffer.from(text.replaceAll("+", " ")).toString("latin1");
  const decoded = bytes.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  return Buffer.from(decoded, "latin1").toString();
}
