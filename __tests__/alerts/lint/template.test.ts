import { parseRuleTemplate } from "../../../alerts/go-template/rule-template";
import { alertWith, messagesOf } from "../../support/rule-findings";
import { refusedTemplates, takenTemplates } from "../../support/template-verdicts";

const messages = (check: string, summary: string, expr = "sum by (job) (up) == 0") =>
  messagesOf(check, [alertWith({ expr, annotations: { summary, description: "x" } })]);

describe("template", () => {
  it.each(takenTemplates)("takes %j", (text) => {
    expect(parseRuleTemplate(text).problem).toBeUndefined();
  });

  it.each(refusedTemplates)("refuses %j", (text) => {
    expect(parseRuleTemplate(text).problem).toBeDefined();
  });

  it("tells of what only fails when an alert fires", () => {
    expect(messages("template", "{{ .labels.job }}")[0]).toContain(
      "reads .labels, which is not there: there are .Labels",
    );
    expect(messages("template", '{{ query "rate(up)" | first | value }}')[0]).toContain("which is no PromQL");
  });

  it("lets labels of a recording rule be, which are no templates", () => {
    const rules = [{ record: "job:up:sum", expr: "sum by (job) (up)", labels: { a: "{{ foo }}" } }];
    expect(messagesOf("template", rules)).toEqual([]);
  });
});

describe("template-labels", () => {
  it.each([
    "{{ $labels.pod }}",
    "{{ .Labels.pod }}",
    "{{ $.Labels.pod }}",
    '{{ index $labels "pod" }}',
    "{{ with $labels }}{{ .pod }}{{ end }}",
    "{{ $l := $labels }}{{ $l.pod | toUpper }}",
    "{{ if $labels.job }}{{ $labels.pod }}{{ end }}",
    '{{ range query "up" }}{{ $labels.pod }}{{ end }}',
  ])("finds the label in %s", (text) => {
    expect(messages("template-labels", text)).toEqual([
      '"summary" shows the label pod, which the expression does not keep: it keeps job.',
    ]);
  });

  it.each([
    "{{ $labels.job }}",
    '{{ range query "up == 0" }}{{ .Labels.instance }}{{ end }}',
    '{{ with query "up" }}{{ (. | first).Labels.instance }}{{ end }}',
    '{{ query "up" | first | label "instance" }}',
    "{{ if $labels.pod }}{{ $labels.pod }}{{ end }}",
    "{{ $externalLabels.cluster }}",
    '{{ printf "%s" "$labels.pod" }}',
  ])("lets %s be", (text) => {
    expect(messages("template-labels", text)).toEqual([]);
  });

  it("knows what a query in a template keeps", () => {
    expect(
      messages("template-labels", '{{ range query "sum by (job) (up)" }}{{ .Labels.pod }}{{ end }}'),
    ).toEqual([
      '"summary" shows the label pod, which the query sum by (job) (up) does not keep: it keeps job.',
    ]);
  });

  it("takes target labels of others as they come, and any label of a foreign metric", () => {
    expect(
      messages("template-labels", "{{ $labels.namespace }}", "prometheus_config_last_reload_successful == 0"),
    ).toEqual([]);
  });

  it.each([
    'a == 0 or absent(b{zone="z"})',
    'count_values("zone", b) > 1',
    "info(b) > 1",
    "limit_ratio(0.1, b) > 1",
  ])("knows what %s adds", (expr) => {
    expect(messages("template-labels", "{{ $labels.zone }}", expr)).toEqual([]);
  });

  it("has the labels of a recorded series' group", () => {
    const rules = [
      { record: "job:up:sum", expr: "sum by (job) (up)" },
      alertWith({
        expr: "job:up:sum == 0",
        annotations: { summary: "{{ $labels.team }}", description: "x" },
      }),
    ];
    expect(messagesOf("template-labels", rules, {}, { labels: { team: "a" } })).toEqual([]);
    expect(messagesOf("template-labels", rules)).toHaveLength(1);
  });
});

describe("value-in-labels", () => {
  it.each([
    "{{ $value }}",
    "{{ .Value | humanize }}",
    "{{ if gt $value 5.0 }}a{{ end }}",
    "{{ $x := $value }}{{ $x }}",
  ])("finds it in %s", (text) => {
    const rules = [alertWith({ labels: { severity: "warning", v: text } })];
    expect(messagesOf("value-in-labels", rules)).toHaveLength(1);
  });

  it("lets the value of a query be", () => {
    const rules = [alertWith({ labels: { severity: "warning", v: '{{ query "up" | first | value }}' } })];
    expect(messagesOf("value-in-labels", rules)).toEqual([]);
  });
});
