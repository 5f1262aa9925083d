import { alertmanagerFiles } from "./alertmanager-files";
import { TestAlertmanager } from "./alertmanager";
import type { Environment } from "./environments";
import { environmentsOfEveryKind } from "./every-kind";
import type { TestInbox } from "./inbox";

/** Every receiver of `local`, of every kind, that tells people or programs of alerts. */
export const everyReceiver: readonly string[] = environmentsOfEveryKind("local")
  .flatMap(({ alerting }) => alerting.receivers)
  .filter(({ kind }) => kind !== "heartbeat")
  .map(({ name }) => name);

/** Critical alerts go to every receiver, so that one alert is told in every form that there is. */
function loudEnvironments(name?: string): Environment[] {
  return environmentsOfEveryKind(name).map((environment) => ({
    ...environment,
    alerting: {
      ...environment.alerting,
      routes: environment.alerting.routes.map((route) =>
        route.severity === "critical" ? { ...route, receivers: [...everyReceiver] } : route,
      ),
    },
  }));
}

/**
 * A real Alertmanager with the templates and receivers of `local`, that sends to an inbox at once.
 * @param url of the inbox
 */
export async function alertmanagerFor(inbox: TestInbox, url: string): Promise<TestAlertmanager> {
  const smtp = `127.0.0.1:${String(await inbox.listenForMail())}`;
  const files = alertmanagerFiles(
    "local",
    url,
    (configuration) =>
      configuration
        .replace(/group_wait: \d+s/g, "group_wait: 1s")
        .replace(/group_interval: \w+/g, "group_interval: 1s")
        .replaceAll("inbox:1025", smtp),
    loudEnvironments,
  );
  return TestAlertmanager.start({ files });
}
