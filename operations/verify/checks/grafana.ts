import { dataSourceUidsOf } from "../../../stacks/data-sources";
import { grafanaAdminPassword } from "../../../stacks/secrets";
import { dashboardFoldersOf } from "../../../stacks/system";
import { type Finding, ok, problem } from "../../checks/check";
import type { GrafanaClient, ListedDashboard } from "../../clients/grafana-client";
import { RequestError } from "../../clients/json-client";
import { messageOf, type VerifyCheck } from "../subject";

const deployAgain = "Deploy the environment's Grafana stack again.";
const variable = `TF_VAR_${grafanaAdminPassword.name}`;

/** Whether Grafana has each dashboard in its folder, and reaches what is behind each data source. */
export const grafanaCheck: VerifyCheck = {
  name: "Grafana",
  timeLimitMs: 18_000,
  late: "problem",
  async run({ deployment, grafana }) {
    if (deployment.places.grafana === undefined) return [];
    if (grafana === undefined) {
      return [
        problem(
          `could not be asked: ${variable} is not set`,
          `export ${variable}=..., the password of its admin.`,
        ),
      ];
    }
    const expected = dashboardFoldersOf(deployment.environment).flatMap(({ uid: folder, dashboards }) =>
      dashboards.map(({ uid = "" }) => ({ uid, folder })),
    );
    const sources = dataSourceUidsOf(deployment.environment);
    try {
      const [dashboards, unhealthy] = await Promise.all([
        grafana.dashboards(),
        dataSourceFindings(grafana, sources),
      ]);
      const findings = [...dashboardFindings(expected, dashboards), ...unhealthy];
      if (findings.length > 0) return findings;
    } catch (error) {
      return [notAsked(error)];
    }
    const counts = `${String(expected.length)} dashboards and ${String(sources.length)} data sources`;
    return [ok(`has all ${counts}, and reaches what is behind them`)];
  },
};

function notAsked(error: unknown): Finding {
  const isRefused = error instanceof RequestError && [401, 403].includes(error.status ?? 0);
  return problem(
    `cannot be asked: ${messageOf(error)}`,
    isRefused
      ? `${variable} must be the password of its admin.`
      : "See whether it runs. Where it is reached by another URL from here: --grafana URL.",
  );
}

/** What is to be said of the dashboards that Grafana has. */
export function dashboardFindings(
  expected: readonly { readonly uid: string; readonly folder: string }[],
  found: readonly ListedDashboard[],
): readonly Finding[] {
  const byUid = new Map(found.map((each) => [each.uid, each]));
  return expected.flatMap(({ uid, folder }) => {
    const dashboard = byUid.get(uid);
    if (dashboard === undefined) return [problem(`the dashboard ${uid} is not there`, deployAgain)];
    const { folderUid = "" } = dashboard;
    if (folderUid === folder) return [];
    const place = folderUid === "" ? "no folder" : `the folder ${folderUid}`;
    return [problem(`the dashboard ${uid} is in ${place}, and should be in ${folder}`, deployAgain)];
  });
}

async function dataSourceFindings(
  grafana: GrafanaClient,
  expected: readonly string[],
): Promise<readonly Finding[]> {
  const listed = await grafana.dataSources();
  const findings = await Promise.all(
    expected.map(async (uid) => {
      const source = listed.find((each) => each.uid === uid);
      if (source === undefined) return [problem(`the data source ${uid} is not there`, deployAgain)];
      const { isHealthy, message } = await grafana.health(source);
      if (isHealthy) return [];
      return [
        problem(
          `the data source ${source.name} is unhealthy: ${message}`,
          "Grafana does not reach what is behind it, or is not let in there.",
        ),
      ];
    }),
  );
  return findings.flat();
}
