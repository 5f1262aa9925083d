import { GrafanaProvider } from "@cdktf/provider-grafana/lib/provider";
import { Testing, TerraformStack } from "cdktf";
import { DashboardFolder, type DashboardFolderProps } from "../../../constructs/grafana/dashboard-folder";
import { PrometheusDataSource } from "../../../constructs/grafana/prometheus-data-source";
import { parsed, Template } from "../../support/template";

function synthesize(props: Partial<DashboardFolderProps>): Template {
  const stack = new TerraformStack(Testing.app(), "elsewhere");
  new GrafanaProvider(stack, "grafana", { url: "http://localhost:3000", auth: "anonymous" });
  new PrometheusDataSource(stack, "metrics", {
    uid: "metrics",
    name: "Metrics",
    url: "http://metrics:9090",
    scrapeInterval: "30s",
  });
  new DashboardFolder(stack, "team", { uid: "team", title: "Team", dashboards: [], ...props });
  return Template.synth(stack);
}

it("puts dashboards into the folder, which is not deleted while something else is in it", () => {
  const template = synthesize({
    dashboards: [
      { uid: "one", title: "One" },
      { uid: "two", title: "Two" },
    ],
  });
  expect(template.resource("grafana_folder")).toMatchObject({
    uid: "team",
    title: "Team",
    prevent_destroy_if_not_empty: true,
  });
  const dashboards = template.resources("grafana_dashboard");
  expect(dashboards.map((block) => parsed(block, "config_json"))).toEqual([
    { uid: "one", title: "One" },
    { uid: "two", title: "Two" },
  ]);
  for (const block of dashboards) {
    expect(block).toMatchObject({ overwrite: true });
    expect(block.folder).toMatch(/^\$\{grafana_folder\.team_folder_\w+\.uid\}$/);
  }
});

it("keeps Grafana's variables from Terraform", () => {
  const template = synthesize({ dashboards: [{ uid: "one", title: "of ${service}" }] });
  expect(template.resource("grafana_dashboard").config_json).toContain("of $${service}");
});

it("names a dashboard by its uid, so that another order changes nothing", () => {
  const one = { uid: "one", title: "One" };
  const two = { uid: "two", title: "Two" };
  expect(synthesize({ dashboards: [one, two] }).text).toBe(synthesize({ dashboards: [two, one] }).text);
});

it.each([
  [undefined, ["Viewer", "Editor"]],
  ["Viewer", ["Viewer", "Editor"]],
  ["Editor", ["Editor"]],
  ["Admin", []],
] as const)("is seen from %s on, and changed by nobody", (visibleFrom, roles) => {
  const { permissions = [] } = synthesize(visibleFrom === undefined ? {} : { visibleFrom }).resource(
    "grafana_folder_permission",
  );
  expect(permissions).toEqual(roles.map((role) => ({ role, permission: "View" })));
});

it("tells Grafana the scrape interval, of which it makes its ranges", () => {
  const block = synthesize({}).resource("grafana_data_source");
  expect(block).toMatchObject({ type: "prometheus", url: "http://metrics:9090", is_default: false });
  expect(parsed(block, "json_data_encoded")).toEqual({ httpMethod: "POST", timeInterval: "30s" });
});

it.each<[string, Partial<DashboardFolderProps>, string]>([
  [
    "a folder's uid that Grafana refuses",
    { uid: "a b" },
    `uid: found "a b", allowed: 1 to 40 letters, digits, dashes and underscores`,
  ],
  [
    "a dashboard without a uid",
    { dashboards: [{ title: "One" }] },
    `dashboards[0].uid of "One": found nothing, allowed: 1 to 40 letters`,
  ],
  [
    "a uid that is too long",
    { dashboards: [{ uid: "x".repeat(41), title: "One" }] },
    `dashboards[0].uid of "One": found "${"x".repeat(41)}", allowed: 1 to 40 letters`,
  ],
  [
    "two dashboards of one uid",
    {
      dashboards: [
        { uid: "one", title: "One" },
        { uid: "one", title: "Two" },
      ],
    },
    `dashboards[1].uid of "Two": found "one", allowed: a uid that no other dashboard has`,
  ],
  [
    "a role that is none",
    { visibleFrom: "Guest" as "Viewer" },
    `visibleFrom: found "Guest", allowed: one of Viewer, Editor, Admin`,
  ],
])("refuses %s", (_, props, problem) => {
  expect(() => synthesize(props)).toThrow(`elsewhere/team: 1 problem in its props:\n  ${problem}`);
});

it("tells all problems of a folder and its dashboards at once", () => {
  expect(() => synthesize({ uid: "", dashboards: [{ title: "One" }, { uid: "a b", title: "Two" }] })).toThrow(
    /3 problems in its props:\n {2}uid: .*\n {2}dashboards\[0\]\.uid of "One": .*\n {2}dashboards\[1\]\.uid of "Two": /,
  );
});
