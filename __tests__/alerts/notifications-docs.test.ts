import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { isAlert } from "../../alerts/rule";
import { receiversOf } from "../../alerts/routing/routes";
import { withGeneratedParts } from "../../review/documents/parts";
import { loadEnvironments } from "../../environments";
import { routingSettingsOf, rulesOf } from "../../stacks/system";
import { EnvironmentError, parseEnvironment } from "../support/environments";
import { routing } from "../support/environments/shared";
import { staging } from "../support/environments/staging";

const document = readFileSync(join(__dirname, "../../docs/notifications.md"), "utf8");

/** The code block that follows a mark in the document. */
function example(name: string): string {
  const found = new RegExp(`<!-- example: ${name} -->\n\n\`\`\`\\w*\n([\\s\\S]*?)\n\`\`\``).exec(document);
  if (!found?.[1]) throw new Error(`The document has no example "${name}".`);
  return found[1];
}

/** A copy of what an example's entries say, of this realm. */
function evaluated<T>(code: string): T {
  return JSON.parse(JSON.stringify(runInNewContext(`(${code})`, { routing }))) as T;
}

describe("docs/notifications.md", () => {
  it("shows every alert that an environment has, in each severity, and no other", () => {
    const rows = document.split("## Each alert and its receivers")[1]?.split("<!-- end -->")[0] ?? "";
    const shown = [...rows.matchAll(/^\| `(\w+)` \| (\w+) \|/gm)].map(([, name, level]) =>
      [name, level].join(" "),
    );
    const ruled = loadEnvironments(undefined)
      .flatMap((environment) => Object.values(rulesOf(environment)).flat())
      .flatMap(({ rules }) => rules.filter(isAlert).map(({ alert, severity }) => `${alert} ${severity}`));
    expect([...new Set(shown)].sort()).toEqual([...new Set(ruled)].sort());
  });
});

describe("the example of a new receiver", () => {
  const withReceiver = {
    ...staging,
    alerting: {
      ...staging.alerting,
      receivers: [...staging.alerting.receivers, ...evaluated<object[]>(`[${example("receiver")}]`)],
      ...evaluated<{ routes: object[] }>(`{${example("routes")}}`),
    },
  };

  it("is taken, and tells the new receiver", () => {
    const settings = routingSettingsOf(parseEnvironment(withReceiver, "environments/staging.ts"));
    const told = (service: string) => receiversOf(settings, { severity: "critical", service });
    expect(told("order-service")).toEqual(["pagerduty-checkout", "slack-critical", "email-ops"]);
    expect(told("api-gateway")).toEqual(["slack-critical", "email-ops"]);
  });

  it("is refused with a slip of the pen, in the words that the document shows", () => {
    const slipped = JSON.parse(
      JSON.stringify(withReceiver).replace('["pagerduty-checkout",', '["pagerduty-chekout",'),
    ) as unknown;
    const refused = () => parseEnvironment(slipped, "environments/staging.ts");
    expect(refused).toThrow(EnvironmentError);
    expect(refused).toThrow(example("mistake"));
  });
});

describe("generated parts", () => {
  const part = "<!-- generated: a -->\nold\n<!-- end -->";

  it("must be in the document, all of them, and no other", () => {
    expect(withGeneratedParts(`x\n${part}\ny`, { a: "new" })).toMatch(/^x\n[\s\S]*\nnew\n[\s\S]*\ny$/);
    expect(() => withGeneratedParts(part, {})).toThrow(`Nothing makes the part "a".`);
    expect(() => withGeneratedParts("", { a: "new" })).toThrow(`The document has no part "a".`);
  });
});
