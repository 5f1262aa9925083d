import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { alertsOf } from "../support/rule-cases";
import { ruleSettings } from "../support/rule-settings";

const folder = join(__dirname, "../../docs/runbooks");
const headings = ["What it means", "What users feel", "How to look", "How to mend", "When to silence"];
/** Runbooks of CloudWatch's alarms, which are not made from the rules here. */
const ofCloudWatch = ["ErrorLines", "HighCpu", "LowDisk", "LowMemory", "StatusCheckFailed"];
const alerts = [...new Set(alertsOf(ruleSettings).map(({ alert }) => alert))];

function sectionsOf(text: string): Map<string, string> {
  const [, ...parts] = text.split(/^## /m);
  return new Map(parts.map((part) => [part.split("\n", 1)[0] ?? "", part.slice(part.indexOf("\n")).trim()]));
}

describe("runbooks", () => {
  it("are there for every alert, and for nothing else", () => {
    const names = readdirSync(folder).map((file) => file.replace(/\.md$/, ""));
    expect(names.sort()).toEqual([...alerts, ...ofCloudWatch].sort());
  });

  it.each(alerts)("%s says everything, and no empty form", (alert) => {
    const text = readFileSync(join(folder, `${alert}.md`), "utf8");
    expect(text.startsWith(`# ${alert}\n`)).toBe(true);
    const severities = new Set(
      alertsOf(ruleSettings).flatMap((rule) => (rule.alert === alert ? [rule.severity] : [])),
    );
    const head = text.slice(0, text.indexOf("## "));
    for (const severity of severities) expect(head).toContain(severity);
    const sections = sectionsOf(text);
    expect([...sections.keys()]).toEqual(headings);
    for (const [heading, body] of sections) {
      expect(`${heading}: ${body}`).not.toMatch(/TODO|TBD|lorem/i);
      expect(body.split(/\s+/).length).toBeGreaterThan(6);
    }
    // Something to type, and more than one way out.
    expect(sections.get("How to look")).toMatch(/`[^`]{8,}`/);
    expect(sections.get("How to mend")?.match(/^- /gm)?.length).toBeGreaterThan(1);
  });

  it("have no section that another one has, too", () => {
    const bodies = alerts.flatMap((alert) =>
      [...sectionsOf(readFileSync(join(folder, `${alert}.md`), "utf8")).values()].map((body) =>
        body.toLowerCase(),
      ),
    );
    expect(bodies.filter((body, index) => bodies.indexOf(body) !== index)).toEqual([]);
  });

  it("name no alert that is not there", () => {
    const known = [...alerts, ...ofCloudWatch];
    const named = alerts.flatMap((alert) =>
      [...readFileSync(join(folder, `${alert}.md`), "utf8").matchAll(/alertname=(\w+)/g)].map(
        ([, name]) => name ?? "",
      ),
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });
});
