import { expandRuleTemplate } from "../../../alerts/go-template/rule-template";

/** What Prometheus 3.13 makes of each, with this value: Go's own output. */
function expanded(text: string, value = 0.123456, labels: Readonly<Record<string, string>> = {}): string {
  return expandRuleTemplate(text, {
    labels: { job: "parcels", instance: "parcels.example.com:9100", ...labels },
    externalLabels: { cluster: "a" },
    externalUrl: "https://prometheus.example.com/base",
    time: 1_600_000_000_000,
    value,
  });
}

describe("numbers", () => {
  it.each([
    [1234567, "1.234567e+06", "1.235M", "1.177Mi", "14d 6h 56m 7s", "1.235e+08%"],
    [0, "0", "0", "0", "0s", "0%"],
    [0.5, "0.5", "500m", "0.5", "500ms", "50%"],
    [1000.5, "1000.5", "1k", "1000", "16m 40s", "1e+05%"],
    [-0.0000000012345, "-1.2345e-09", "-1.234n", "-1.235e-09", "-1.234ns", "-1.235e-07%"],
    [1e21, "1e+21", "1Z", "867.4Ei", "-106751991167300d -15h -30m -8s", "1e+23%"],
    [NaN, "NaN", "NaN", "NaN", "NaN", "NaN%"],
    [Infinity, "+Inf", "+Inf", "+Inf", "+Inf", "+Inf%"],
    [-Infinity, "-Inf", "-Inf", "-Inf", "-Inf", "-Inf%"],
  ])("writes %d", (value, plain, metric, binary, duration, percentage) => {
    const shown = ["$value", "humanize $value", "humanize1024 $value", "humanizeDuration $value"].map(
      (each) => expanded(`{{ ${each} }}`, value),
    );
    expect(shown).toEqual([plain, metric, binary, duration]);
    expect(expanded("{{ $value | humanizePercentage }}", value)).toBe(percentage);
  });

  it("rounds a half to the even digit, as no method of JavaScript does", () => {
    expect(expanded(`{{ printf "%.0f %.0f %.1f" 0.5 2.5 0.25 }}`)).toBe("0 2 0.2");
    expect(expanded(`{{ printf "%.4g" 1000.5 }}`)).toBe("1000");
  });
});

describe("printf", () => {
  it.each([
    [`{{ printf "%d" 1.5 }}`, "%!d(float64=1.5)"],
    [`{{ printf "%s" 5 }}`, "%!s(int=5)"],
    [`{{ printf "%d" "a" }}`, "%!d(string=a)"],
    [`{{ printf "%d" }}`, "%!d(MISSING)"],
    [`{{ printf "a" 1 }}`, "a%!(EXTRA int=1)"],
    [`{{ printf "%" }}`, "%!(NOVERB)"],
    [`{{ printf "%05d|%-5d|%+d" 42 42 42 }}`, "00042|42   |+42"],
    [`{{ printf "%q %x" "a\\"b" "hi" }}`, `"a\\"b" 6869`],
    [`{{ printf "%v" .Labels }}`, "map[instance:parcels.example.com:9100 job:parcels]"],
    [`{{ print 1 2 "a" 3 }}`, "1 2a3"],
  ])("writes %s", (text, written) => {
    expect(expanded(text)).toBe(written);
  });
});

describe("control", () => {
  it.each([
    ["a {{- 1 -}} b", "a1b"],
    ["a {{/* c */}} b", "a  b"],
    ["a {{- /* c */ -}} b", "ab"],
    ["{{ if .Labels.none }}x{{ else if eq .Labels.job `parcels` }}y{{ else }}z{{ end }}", "y"],
    ["{{ with .Labels.job }}{{ . }}{{ end }}{{ with $x := 2 }}{{ $x }}{{ end }}", "parcels2"],
    [
      "{{ range $k, $v := .Labels }}{{ $k }}={{ $v }};{{ end }}",
      "instance=parcels.example.com:9100;job=parcels;",
    ],
    ["{{ range 3 }}{{ if eq . 1 }}{{ continue }}{{ end }}{{ . }}{{ end }}", "02"],
    ["{{ $x := 1 }}{{ range 3 }}{{ $x = . }}{{ if eq . 1 }}{{ break }}{{ end }}{{ end }}{{ $x }}", "1"],
    [`{{ define "a" }}<{{ . }}>{{ end }}{{ template "a" $value }}`, "<0.123456>"],
    [`{{ block "a" $labels.job }}[{{ . }}]{{ end }}`, "[parcels]"],
    ["{{ or .Labels.none `d` }}{{ and 0 (index .Labels 1) }}", "d0"],
    ["{{ $labels.none }}{{ (args 1 `b`).arg1 }}{{ (args 1).arg2 }}", "b<no value>"],
    ["{{ 'a' }} {{ 0x1F }} {{ 1_000 }} {{ print nil }}", "97 31 1000 <nil>"],
  ])("writes %s", (text, written) => {
    expect(expanded(text)).toBe(written);
  });

  it("compares as Go does: of NaN both greater and at least are true", () => {
    expect(expanded("{{ gt $value 1.0 }} {{ ge $value 1.0 }} {{ lt $value 1.0 }}", NaN)).toBe(
      "true true false",
    );
  });

  it.each([
    ["{{ gt $value 1 }}", "incompatible types for comparison"],
    ["{{ $value.a }}", "can't evaluate field a in type float64"],
    ["{{ humanize `x` }}", "invalid syntax"],
    ["{{ toUpper $value }}", "wrong type for value; expected string; got float64"],
    [`{{ query "up" }}`, "series that templates ask for are not read here"],
  ])("says what is wrong with %s", (text, problem) => {
    expect(expanded(text)).toMatch(/^<error expanding template: /);
    expect(expanded(text)).toContain(problem);
  });
});

describe("texts", () => {
  it.each([
    [`{{ reReplaceAll "a*" "x" "baaac" }}`, "xbxcx"],
    [`{{ reReplaceAll "(?P<n>b+)" "<\${n}$1$n1>" "abba" }}`, "a<bbbb>a"],
    [`{{ reReplaceAll "(?i)PAR" "x" "parcels" }}`, "xcels"],
    [`{{ match "^\\\\x{70}\\\\pL+$" $labels.job }}`, "true"],
    [
      "{{ stripPort $labels.instance }} {{ stripDomain $labels.instance }}",
      "parcels.example.com parcels:9100",
    ],
    [`{{ stripDomain "10.0.0.1:80" }} {{ stripPort "[::1]:80" }}`, "10.0.0.1:80 ::1"],
    [`{{ title "ab cD" }} {{ toUpper "straße" }} {{ toLower "ÀÉ" }}`, "Ab CD STRAßE àé"],
    [`{{ urlQueryEscape "a b&c/(d)" }} {{ parseDuration "1h30m" }}`, "a+b%26c%2F%28d%29 5400"],
    ["{{ humanizeTimestamp 1600000000.5 }}", "2020-09-13 12:26:40.5 +0000 UTC"],
    [
      `{{ (toTime 1600000000).Format "Mon 2 Jan 06 3:04PM" }} {{ toDuration 90.5 }}`,
      "Sun 13 Sep 20 12:26PM 1m30.5s",
    ],
    [
      "{{ pathPrefix }} {{ externalURL }} {{ $externalLabels.cluster }}",
      "/base https://prometheus.example.com/base a",
    ],
    [`{{ len "äö" }} {{ slice "abcd" 1 3 }} {{ html "<&'" }}`, "4 bc &lt;&amp;&#39;"],
  ])("writes %s", (text, written) => {
    expect(expanded(text)).toBe(written);
  });
});
