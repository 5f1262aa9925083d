import { impactOf } from "../../../review/impact/impact-of";
import { readAlertmanager } from "../../../review/impact/readers/alertmanager-file";
import { templateReads } from "../../../review/impact/readers/message-templates";
import { metric, version, type TestRule } from "./versions";

const parcels = metric("parcels_total", {
  labels: [{ name: "centre" }, { name: "result", values: ["sent", "lost"] }],
});
const metrics = [parcels];

const late: TestRule = {
  alert: "ParcelsLate",
  expr: 'sum by (centre) (rate(parcels_total{result="lost"}[5m])) > 5',
  labels: { severity: "low" },
  annotations: { summary: "{{ $labels.centre }} is late" },
};
const closed: TestRule = {
  alert: "CentreClosed",
  expr: "sum by (centre) (rate(parcels_total[5m])) == 0",
  labels: { severity: "high" },
};
/** Without the label of the centre. */
const lateAltogether = { ...late, expr: "sum(rate(parcels_total[5m])) > 5", annotations: {} };
const closedAltogether = { ...closed, expr: "sum(rate(parcels_total[5m])) == 0" };

interface Read {
  readonly alertmanager?: unknown;
  readonly templates?: string;
}

/** What is said, by finding, of what reads labels of alerts whose rules change. */
function told(before: readonly TestRule[], after: readonly TestRule[], read: Read, now: Read = read) {
  const { findings } = impactOf(
    version({ metrics, rules: before, ...read }),
    version({ metrics, rules: after, ...now }),
  );
  return findings.flatMap(({ subject, readers }) =>
    readers.map(
      ({ verdict, where, consequence }) =>
        `${subject.kind} ${subject.name}: ${verdict} ${where} ${consequence}`,
    ),
  );
}

const routes = (route: object, more: object = {}) => ({
  alertmanager: {
    route: { receiver: "team", ...route },
    receivers: [{ name: "team" }, { name: "pager" }],
    ...more,
  },
});
const inhibition = (equal: readonly string[]) =>
  routes(
    {},
    {
      inhibit_rules: [{ source_matchers: ['severity="high"'], target_matchers: ['severity="low"'], equal }],
    },
  );

describe("a label that an alert has no more", () => {
  it("is told of a route that groups by it", () => {
    const read = routes({ group_by: ["alertname", "centre"] });
    expect(told([late, closed], [lateAltogether, closed], read)).toEqual([
      "label ParcelsLate{centre}: warn route puts ParcelsLate together that had another centre",
    ]);
    expect(told([late], [lateAltogether], read)).toEqual([
      "label ParcelsLate{centre}: warn route groups by centre, which no alert of it has",
    ]);
  });

  it("blocks a route that matches nothing then, and is told of one that matches less", () => {
    const read = routes({ routes: [{ receiver: "pager", matchers: ['centre=~".+"'] }] });
    expect(told([late], [lateAltogether], read)).toEqual([
      "label ParcelsLate{centre}: block route matches no alert any more",
    ]);
    expect(told([late, closed], [lateAltogether, closed], read)).toEqual([
      "label ParcelsLate{centre}: warn route does not match ParcelsLate any more",
    ]);
  });

  it("blocks an inhibition whose sides cannot be equal any more", () => {
    expect(told([late, closed], [lateAltogether, closed], inhibition(["centre"]))).toEqual([
      "label ParcelsLate{centre}: block inhibition can hold back nothing any more",
      "label ParcelsLate{centre}: warn inhibition compares centre, which ParcelsLate has no more",
    ]);
  });

  it("is told of an inhibition that holds back another alert still", () => {
    const lost = { ...late, alert: "ParcelsLost" };
    expect(told([late, lost, closed], [lateAltogether, lost, closed], inhibition(["centre"]))).toEqual([
      "label ParcelsLate{centre}: warn inhibition does not hold back ParcelsLate any more",
      "label ParcelsLate{centre}: warn inhibition compares centre, which ParcelsLate has no more",
    ]);
  });

  it("of both sides of an inhibition lets it hold back all", () => {
    const gone = "warn inhibition compares centre, which no alert of it has: all are equal in it";
    expect(told([late, closed], [lateAltogether, closedAltogether], inhibition(["centre"]))).toEqual([
      `label ParcelsLate{centre}: ${gone}`,
      `label CentreClosed{centre}: ${gone}`,
    ]);
  });

  it("blocks an inhibition whose rules have lost the label of its matchers", () => {
    const bare = { ...closed, labels: {} };
    expect(told([late, closed], [late, bare], inhibition([]))).toEqual([
      "label CentreClosed{severity}: block inhibition matches no alert any more",
    ]);
  });

  it("is told of a template and of a receiver's text", () => {
    const read = {
      templates: '{{ define "parcels.title" }}{{ .CommonLabels.centre }}{{ end }}',
      alertmanager: {
        route: { receiver: "team" },
        receivers: [
          {
            name: "team",
            slack_configs: [{ title: '{{ range .Alerts }}{{ index .Labels "centre" }}{{ end }}' }],
          },
        ],
      },
    };
    expect(told([late, closed], [lateAltogether, closed], read)).toEqual(
      Array<string>(2).fill(
        "label ParcelsLate{centre}: warn template shows no centre of ParcelsLate any more",
      ),
    );
    expect(told([late], [lateAltogether], read)).toEqual(
      Array<string>(2).fill("label ParcelsLate{centre}: warn template shows centre, which no alert has"),
    );
  });

  it("is told where the metric has lost it, besides of what reads the metric", () => {
    const read = routes({ group_by: ["centre"] });
    const { findings } = impactOf(
      version({ metrics, rules: [late], ...read }),
      version({ metrics: [{ ...parcels, labels: parcels.labels.slice(1) }], rules: [late], ...read }),
    );
    expect(findings.map(({ verdict, subject, readers }) => [verdict, subject.name, readers.length])).toEqual([
      ["warn", "parcels_total{centre}", 2],
      ["warn", "ParcelsLate{centre}", 1],
    ]);
  });

  it("is of no concern where nothing reads it, or Prometheus adds it to all", () => {
    expect(told([late], [lateAltogether], routes({}))).toEqual([]);
    const { findings } = impactOf(
      version({
        metrics,
        rules: [late],
        ...routes({ group_by: ["centre"] }),
        externalLabels: { centre: "all" },
      }),
      version({
        metrics,
        rules: [lateAltogether],
        ...routes({ group_by: ["centre"] }),
        externalLabels: { centre: "all" },
      }),
    );
    expect(findings).toEqual([]);
  });

  it("is told of alerts that are gone altogether", () => {
    const read = routes({ group_by: ["centre"] });
    expect(told([late, closedAltogether], [closedAltogether], read)).toEqual([
      "alert ParcelsLate: warn route groups by centre, which no alert of it has",
    ]);
  });
});

describe("what names a label that no alert has ever had", () => {
  it.each<[string, Read, string]>([
    [
      "group_by",
      routes({ group_by: ["center"] }),
      "route team: warn route groups by center, which no alert of it has",
    ],
    [
      "a template",
      { templates: '{{ define "t" }}{{ .GroupLabels.center }}{{ end }}' },
      'template template "t": warn template shows center, which no alert has',
    ],
  ])("is told where it is new: %s", (_, read, expected) => {
    expect(told([late], [late], {}, read)).toEqual([expected]);
    expect(told([late], [late], read)).toEqual([]);
  });
});

describe("an annotation", () => {
  const shown = { ...lateAltogether, annotations: { summary: "{{ $labels.centre }} is late" } };
  const expected = "annotation shows nothing in place of centre: the expression gives no such label";

  it("that shows a label which the expression gives no more", () => {
    expect(told([late], [shown], {})).toEqual([`label ParcelsLate{centre}: warn ${expected}`]);
  });

  it("that shows a label which the expression has never given, where it is new", () => {
    expect(told([lateAltogether], [shown], {})).toEqual([`rule ParcelsLate: warn ${expected}`]);
    expect(told([shown], [shown], {})).toEqual([]);
  });
});

describe("labels that templates read", () => {
  const reads = (text: string) =>
    templateReads(`{{ define "t" }}${text}{{ end }}`, readAlertmanager("route: {}")).map(
      ({ text: found }) => found,
    );

  it.each([
    ["{{ .CommonLabels.centre }}", [".CommonLabels.centre"]],
    ["{{ range .Alerts.Firing }}{{ .Labels.centre }}{{ end }}", [".Labels.centre"]],
    ["{{ range $i, $alert := .Alerts }}{{ $alert.Labels.centre }}{{ end }}", [".Labels.centre"]],
    ['{{ index .GroupLabels "depot-id" }}', ['index .GroupLabels "depot-id"']],
    ["{{ $labels := .CommonLabels }}{{ $labels.centre }}", [".CommonLabels.centre"]],
    ["{{ with .CommonLabels }}{{ .centre }}{{ end }}", [".CommonLabels.centre"]],
    ['{{ or .CommonLabels.centre "all" }}', [".CommonLabels.centre"]],
    [
      "{{ if .CommonLabels.centre }}{{ else }}{{ .GroupLabels.depot }}{{ end }}",
      [".CommonLabels.centre", ".GroupLabels.depot"],
    ],
    ["{{ (.CommonLabels.Remove .GroupLabels.Names).centre }}", [".CommonLabels.centre"]],
    ["{{ range .CommonLabels.SortedPairs }}{{ .Name }}{{ end }}", []],
    ["{{ .CommonAnnotations.summary }}{{ .Labels }}", []],
  ])("%s", (text, expected) => {
    expect(reads(text)).toEqual(expected);
  });

  it("are those of a template that is given labels", () => {
    const file =
      '{{ define "inner" }}{{ .centre }}{{ end }}{{ define "t" }}{{ template "inner" .CommonLabels }}{{ end }}';
    expect(templateReads(file, readAlertmanager("route: {}"))).toEqual([
      { place: 'template "t"', label: "centre", text: ".CommonLabels.centre" },
    ]);
  });

  it("a file that Alertmanager refuses reads nothing", () => {
    expect(reads("{{ nothing }}")).toEqual([]);
  });
});
