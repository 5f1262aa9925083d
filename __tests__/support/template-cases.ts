import fc from "fast-check";
import { hostileTexts } from "./hostile-alerts";
import type { Sample } from "./sent-alerts";

const between = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((code) => String.fromCodePoint(code));

/** Letters that have capitals since Unicode 16, which Go does not know yet. */
const newlyCased = ["\u019b", "\u0264"];

/** Characters that Go and Node agree on: each of them knows a version of Unicode of its own. */
const character = fc
  .oneof(
    between(0, 0x52f),
    between(0x1e00, 0x1fff),
    between(0x2000, 0x20a0),
    between(0x4e00, 0x9fa5),
    between(0xac00, 0xd7a3),
    between(0xd7fc, 0xd7ff),
    between(0xe000, 0xfb06),
    between(0xff01, 0xffff),
    between(0x10400, 0x1044f),
    between(0x1f300, 0x1f64f),
    between(0xf0000, 0x10ffff),
  )
  .filter((each) => !newlyCased.includes(each));

/** Texts that UTF-8 can say. */
export const anyText = fc.oneof(
  fc.string({ unit: character, maxLength: 40 }),
  fc.string({ unit: "grapheme-ascii", maxLength: 40 }),
  fc.constantFrom(...Object.values(hostileTexts).map((text) => Array.from(text).slice(0, 60).join(""))),
  fc.constantFrom(
    "two words",
    "don't stop",
    "o'neill's_first-class x.y:z",
    "ǆ ß ﬁ ŉ İ ı ς Σ",
    "ᾳ ᾼ ΐ ὒ",
    "déjà 2nd 3D x86",
    "{{ $value }}",
    "",
  ),
);

/** Numbers of all sizes, and those beside which they are written otherwise. */
export const anyValue = fc.oneof(
  fc.double(),
  fc.tuple(fc.double({ min: -9, max: 21, noNaN: true }), fc.boolean()).map(([size, isNegative]) => {
    return (isNegative ? -1 : 1) * 10 ** size;
  }),
  fc.integer({ min: -100_000, max: 100_000 }),
  fc.integer({ min: 0, max: 4_000_000_000 }).map((number) => number / 1000),
  fc
    .tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 8 }))
    .map(([digits, places]) => digits / 10 ** places),
  fc.constantFrom(
    ...[NaN, Infinity, -Infinity, 0, -0, 1, -1, 0.1, 0.5, 59.9999, 60, 3599.99, 3600, 86_399.5, 86_400],
    ...[999.95, 999.949, 1000, 1023.9, 1024, 0.99999, 1e-9, 1e21, -1e21, 9.2233720368547e9, 9.3e9, 2 ** 53],
    ...[1e-24, 1e-27, 1e24, 1e27, 1e28, 1e300, 5e-324, 1_700_000_000, 1_700_000_000.123, -62_135_596_800],
  ),
);

/** Texts that are numbers, or nearly. */
export const numberText = fc.oneof(
  anyValue.map(String),
  anyValue.map((value) => value.toExponential(3)),
  fc.constantFrom(
    ...["inf", "-Inf", "+infinity", "Infinity", "nan", "NaN", "-nan", "infin", "1e400", "-1e400", "1e-400"],
    ...["+5", ".5", "5.", ".", "", " 1", "1 ", "1_000", "0x1p-2", "0x1.8p3", "0x1F", "0x_1p4", "0b1", "0x1p"],
    ...["1e", "1e+", "e5", "--1", "1,5", "٣", "1E5", "0010", "1__0", "_1", "1_", "0x1p9999", "0X1P+2"],
  ),
);

/** Addresses of hosts, with and without ports, and what looks like them. */
const addressText = fc.oneof(
  fc
    .tuple(fc.domain(), fc.option(fc.integer({ min: 0, max: 70_000 })))
    .map(([host, port]) => (port === null ? host : `${host}:${String(port)}`)),
  fc.tuple(fc.ipV4(), fc.boolean()).map(([host, isBare]) => (isBare ? host : `${host}:9100`)),
  fc.tuple(fc.ipV6(), fc.boolean()).map(([host, isBare]) => (isBare ? host : `[${host}]:9100`)),
  fc.string({ unit: fc.constantFrom(..."ab.:[]%10"), maxLength: 12 }),
  fc.constantFrom(
    "[fe80::1%eth0]:80",
    "fe80::1%eth0",
    "[::1]",
    "::1",
    "a.b:c.d",
    "010.1.1.1:5",
    "1.2.3:4",
    "[a.b]:1",
  ),
  anyText,
);

const durationText = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("", "", "-"),
      fc.subarray(["y", "w", "d", "h", "m", "s", "ms"], { minLength: 1 }),
      fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 7, maxLength: 7 }),
    )
    .map(
      ([sign, units, numbers]) => sign + units.map((unit, at) => `${String(numbers[at])}${unit}`).join(""),
    ),
  fc.constantFrom(
    "0",
    "-0",
    "",
    "-",
    "1",
    "1h30",
    "1m1h",
    "1.5h",
    "300y",
    "293y",
    "292y",
    "+1h",
    "1us",
    "h",
    " 1h",
  ),
);

const regexAtom = fc.oneof(
  fc.constantFrom(..."abcx01 .-_/:é服"),
  fc.constantFrom(
    ".",
    "\\d",
    "\\w",
    "\\s",
    "\\S",
    "\\b",
    "\\B",
    "^",
    "$",
    "[a-z]",
    "[^a-z0-9]",
    "[[:alpha:]]",
  ),
  fc.constantFrom(
    "\\pL",
    "\\p{Greek}",
    "\\x{1F600}",
    "[\\d_]",
    "\\.",
    "\\-",
    "(?i:A)",
    "(?:ab|a)",
    "()",
    "\\z",
  ),
);
const regexPiece = fc
  .tuple(regexAtom, fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{1,3}", "*?", "+?", "??", "{,2}"))
  .map((parts) => parts.join(""));
const regexText = fc.oneof(
  fc.array(regexPiece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join("")),
  fc
    .tuple(regexPiece, regexPiece, regexPiece)
    .map(([one, two, three]) => `(${one}${two})(?P<named>${three})|${one}`),
  fc.constantFrom(
    "(.*?)\\.(.*)",
    "^([^:]+):\\d+$",
    "(?i)ERROR",
    "(?s)a.b",
    "(?m)^",
    "\\Aa",
    "a|b|",
    "[",
    "(",
    "*",
    "\\Q.\\E",
  ),
  fc.constantFrom("a{1001}", "(?<named>a)", "\\C", "(?=a)", "\\1", "[[:foo:]]", "\\p{Foo}", "x{2,1}"),
);
const replacementText = fc.constantFrom(
  "",
  "-",
  "$1",
  "${1}x",
  "$1x",
  "$$",
  "$0",
  "${named}",
  "$named!",
  "$",
  "${",
  "$9",
  "\\1",
  "${é}",
  "$é",
);

/** A format of one value, by verbs; a place of an argument, as in `%[2]d`, is not among what is rendered here. */
const formatOf = (verbs: string) =>
  fc
    .tuple(
      fc.subarray(["+", "-", "#", " ", "0"]),
      fc.constantFrom("", "", "3", "12"),
      fc.constantFrom("", "", ".", ".0", ".3", ".10"),
      fc.constantFrom(...verbs),
    )
    .map((parts) => `<%${parts.flat().join("")}>`);
const oddFormat = fc.constantFrom("%", "%%", "%!", "% d%s", "%-", "%5", "a", "%d%%%v%z");

/** What templates are given: each label has texts of its kind. */
export const anySample: fc.Arbitrary<Sample> = fc.record({
  labels: fc.record({
    text: anyText,
    number: numberText,
    address: addressText,
    duration: durationText,
    pattern: regexText,
    replacement: replacementText,
    // Floats with a base of 2 are not rendered here.
    format_float: fc.oneof(formatOf("vdsfFgGeEqtTcUoO%z"), oddFormat),
    format_int: fc.oneof(formatOf("vdsfgeqxXtTcboO%z"), oddFormat),
    format_text: fc.oneof(formatOf("vdsfgeqxXtTcboO%z"), oddFormat),
  }),
  value: anyValue,
});

/** Each function of templates, with what it is used on. */
export const functionTemplates: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["humanize", "humanize1024", "humanizeDuration", "humanizePercentage", "humanizeTimestamp"].flatMap(
      (name) => [
        [`${name}_value`, `{{ $value | ${name} }}`],
        [`${name}_text`, `{{ $labels.number | ${name} }}`],
      ],
    ),
  ),
  humanize_int: "{{ humanize 1234567 }} {{ humanizeDuration (len $labels.text) }} {{ humanize1024 4096 }}",
  humanize_wrong: "{{ humanize true }}",
  ...Object.fromEntries(
    ["title", "toUpper", "toLower", "safeHtml", "html", "js", "urlquery", "urlQueryEscape"].map((name) => [
      name,
      `{{ $labels.text | ${name} }}`,
    ]),
  ),
  graphLink: "{{ graphLink $labels.text }}",
  tableLink: "{{ tableLink $labels.text }}",
  stripPort: "{{ stripPort $labels.address }}",
  stripDomain: "{{ stripDomain $labels.address }}",
  match_text: "{{ match $labels.pattern $labels.text }}",
  match_address: "{{ match $labels.pattern $labels.address }}",
  reReplaceAll_text: "{{ reReplaceAll $labels.pattern $labels.replacement $labels.text }}",
  reReplaceAll_address: "{{ $labels.address | reReplaceAll $labels.pattern $labels.replacement }}",
  parseDuration: "{{ parseDuration $labels.duration }}",
  parseDuration_shown: "{{ $labels.duration | parseDuration | humanizeDuration }}",
  toTime: "{{ toTime $value }}",
  toTime_text: "{{ toTime $labels.number }}",
  toTime_parts:
    "{{ with toTime $value }}{{ .Year }} {{ .Month }} {{ .Day }} {{ .Hour }} {{ .Minute }} {{ .Second }} {{ .Nanosecond }} {{ .Weekday }} {{ .YearDay }} {{ .Unix }} {{ .UnixMilli }} {{ .UnixNano }} {{ .IsZero }}{{ end }}",
  toTime_layout: `{{ (toTime $value).Format "Mon Jan _2 15:04:05.000 MST 2006 | 2006-01-02T15:04:05.999Z07:00 | 3:04PM 06" }}`,
  toDuration: "{{ toDuration $value }}",
  toDuration_text: "{{ toDuration $labels.number }}",
  toDuration_parts:
    "{{ with toDuration $value }}{{ .Hours }} {{ .Minutes }} {{ .Seconds }} {{ .Milliseconds }} {{ .Microseconds }} {{ .Nanoseconds }} {{ .String }}{{ end }}",
  toDuration_humanized: "{{ toDuration 90 | humanizeDuration }}",
  now: "{{ now }} {{ now | toTime }} {{ humanizeTimestamp now }}",
  urls: "{{ externalURL }} {{ pathPrefix }} {{ $externalURL }}",
  args: `{{ with args $value $labels.text "c" }}{{ .arg0 }} {{ .arg1 }} {{ .arg3 }}{{ end }} {{ args 1 2.5 "a" }}`,
  labels:
    "{{ $labels }} {{ $labels.none }} {{ .Labels.text }} {{ $externalLabels }} {{ .ExternalLabels.none }}",
  value: "{{ $value }} {{ .Value }} {{ print $value }} {{ println $value }}",
  printf_value: "{{ printf $labels.format_float $value }}",
  printf_text: "{{ printf $labels.format_text $labels.text }}",
  printf_int: "{{ printf $labels.format_int (len $labels.text) }}",
  printf_mixed: `{{ printf "%s|%q|%-20s|%.3s|%x" $labels.text $labels.text $labels.address $labels.text $labels.number }}`,
  len: "{{ len $labels.text }} {{ len $labels }}",
  index: `{{ index $labels "text" }} {{ index $labels.text 0 }}`,
  comparisons:
    "{{ eq $value 1.0 }} {{ ne $value 0.0 }} {{ lt $value 10.0 }} {{ le $value 10.0 }} {{ gt $value 10.0 }} {{ ge $value 10.0 }}",
  comparisons_text: `{{ eq $labels.text "" "two words" }} {{ lt $labels.text $labels.address }} {{ ge $labels.text $labels.number }}`,
  comparisons_wrong: "{{ eq $value 1 }}",
  logic: "{{ and $value $labels.text }} {{ or $value $labels.text }} {{ not $value }}",
  conditions:
    "{{ if $value }}yes{{ else }}no{{ end }}{{ with $labels.text }}<{{ . }}>{{ end }}{{ range $name, $text := $labels }}{{ $name }}={{ $text }};{{ end }}",
};

/** What templates make of a query's samples. `queried` gives some, all else none. */
export const queryTemplates: Readonly<Record<string, string>> = {
  first: `{{ query "queried" | sortByLabel "number" | first }}`,
  first_value: `{{ query "queried" | sortByLabel "name" | first | value | humanize }}`,
  first_of_none: `{{ query "none" | first }}`,
  label: `{{ range query "queried" | sortByLabel "number" }}{{ label "name" . }} {{ . | label "none" }};{{ end }}`,
  strvalue: `{{ range query "queried" | sortByLabel "number" }}{{ strvalue . }}{{ end }}`,
  fields: `{{ range $i, $s := query "queried" | sortByLabel "number" }}{{ $i }} {{ $s.Labels.number }} {{ $s.Labels }} {{ $s.Value }};{{ else }}none{{ end }}`,
  sortByLabel: `{{ range query "queried" | sortByLabel "number" | sortByLabel "name" }}{{ .Labels.name }} {{ .Labels.number }};{{ end }}`,
  none: `{{ with query "none" }}some{{ else }}none{{ end }}{{ range query "none" }}some{{ else }}none{{ end }}{{ len (query "none") }}`,
  found: `{{ len (query "queried") }}{{ if query "queried" }}some{{ end }}{{ if eq (query "queried" | len) 30 }}thirty{{ end }}`,
  index: `{{ (index (query "queried" | sortByLabel "number") 3).Value }}`,
  wrong: `{{ value $labels }}`,
  wrong_list: `{{ first $labels }}`,
};
