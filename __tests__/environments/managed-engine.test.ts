import type { EnvironmentInput } from "../../environments/environment";
import { parseEnvironment } from "../../environments/validation";
import { managed } from "../support/environments/managed";
import { prod } from "../support/environments/prod";

/** What is told of an environment, a line a problem; nothing where it is right. */
function told(environment: EnvironmentInput): readonly string[] {
  try {
    parseEnvironment(environment, "managed.ts");
    return [];
  } catch (error) {
    return (error as { problems: readonly string[] }).problems;
  }
}

function withAlerting(alerting: Partial<EnvironmentInput["alerting"]>): EnvironmentInput {
  return { ...managed, alerting: { ...managed.alerting, ...alerting } };
}

describe("an environment whose engine is a workspace", () => {
  it("is right with receivers that it can tell", () => {
    expect(told(managed)).toEqual([]);
  });

  it("is asked for the ids of chat channels, and told what to do for what cannot be reached", () => {
    const engine = { kind: "amazon-managed-prometheus" } as const;
    const lines = told({ ...prod, prometheus: { ...prod.prometheus, engine } });
    expect(lines).toEqual([
      expect.stringMatching(/alerting\.receivers\[0\]\.amazonQ: found nothing, allowed: \{ workspaceId: /),
      expect.stringMatching(/alerting\.receivers\[1\]\.amazonQ: /),
      expect.stringMatching(
        /alerting\.receivers\[2\]\.kind: found "discord", allowed: a receiver of the kind webhook, .* SNS and PagerDuty alone/,
      ),
      expect.stringMatching(/alerting\.receivers\[5\]\.amazonQ: found nothing, allowed: \{ tenantId: /),
    ]);
  });

  it("has no inbox, which the workspace could not reach", () => {
    expect(told(withAlerting({ inbox: "http://inbox:8025" }))).toEqual([
      expect.stringContaining("alerting.inbox: "),
    ]);
  });

  it("repeats within five days", () => {
    const routes = (managed.alerting.routes as { repeatInterval?: string }[]).map((route) => ({
      ...route,
      repeatInterval: "6d",
    }));
    const lines = told(withAlerting({ routes: routes as never }));
    expect(lines).toHaveLength(routes.length);
    lines.forEach((line, index) => {
      expect(line).toContain(
        `alerting.routes[${String(index)}].repeatInterval: found "6d", allowed: a duration of at most 5d`,
      );
    });
    expect(
      told(withAlerting({ routes: routes.map((route) => ({ ...route, repeatInterval: "5d" })) as never })),
    ).toEqual([]);
  });

  it("has names that fit into those of queues and roles", () => {
    const project = "a-project-with-a-name-as-long-as-it-gets";
    const lines = told({ ...managed, project, name: "an-environment-named" });
    expect(lines).toEqual([
      expect.stringMatching(/project: found "a-project.*chat", of at most 64 characters/),
      expect.stringMatching(/alerting\.receivers\[5\]\.name: found "webhook-incidents".*-dlq"/),
      expect.stringMatching(/alerting\.receivers\[6\]\.name: found "webhook-tickets".*-dlq"/),
      expect.stringContaining("where there is a cloudwatch.heartbeat"),
    ]);
  });

  it("may keep what another engine has no use for, so that one moves there and back", () => {
    const engine = { kind: "prometheus" } as const;
    expect(told({ ...managed, prometheus: { ...managed.prometheus, engine } })).toEqual([]);
  });
});
