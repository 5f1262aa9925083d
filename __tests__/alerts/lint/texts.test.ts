import { alertWith, messagesOf } from "../../support/rule-findings";
import { catalogue } from "../../support/system";

const severityOf = (severity: string | undefined, isOurs = false) =>
  messagesOf(
    "severity",
    [alertWith({ labels: severity === undefined ? {} : { severity } })],
    isOurs ? { catalogue } : {},
  );

describe("severity", () => {
  it("finds a misspelt one", () => {
    expect(severityOf("critcal")).toEqual([
      'No route knows the severity "critcal"; did you mean "critical"?',
    ]);
    expect(severityOf("waring")[0]).toContain('did you mean "warning"?');
  });

  it.each([
    "critical",
    "Critical",
    "page",
    "P1",
    "home",
    "sev2",
    "info",
    "{{ $labels.severity }}",
    undefined,
  ])("takes others' %j", (severity) => {
    expect(severityOf(severity)).toEqual([]);
  });

  it("knows three of this project", () => {
    expect(severityOf("page", true)[0]).toContain("allowed: critical, warning, none");
    expect(severityOf(undefined, true)[0]).toContain("has no severity, allowed: critical, warning, none");
  });
});

describe("alert-name", () => {
  it.each([
    ["service_down", '"ServiceDown"'],
    ["Instance Down", '"InstanceDown"'],
    ["High(>80%)", '"High80"'],
  ])("asks for CamelCase in place of %s", (alert, name) => {
    expect(messagesOf("alert-name", [alertWith({ alert })])[0]).toContain(name);
  });

  it("takes etcdMembersDown", () => {
    expect(messagesOf("alert-name", [alertWith({ alert: "etcdMembersDown" })])).toEqual([]);
  });
});

describe("annotations", () => {
  it.each([
    [{}, "no summary and no description"],
    [{ summary: "x", description: " " }, "no description"],
    [{ message: "x" }, "no summary"],
  ])("%j", (annotations, message) => {
    expect(messagesOf("annotations", [alertWith({ annotations })])[0]).toContain(message);
  });

  it("are not asked of what wakes nobody", () => {
    const watchdog = alertWith({ expr: "vector(1)", labels: { severity: "none" }, annotations: {} });
    expect(messagesOf("annotations", [watchdog])).toEqual([]);
  });
});
