import { stringify } from "yaml";
import { type ReceiverSettings, renderReceiver } from "./receivers";
import { renderRoutes, type RouteSettings } from "./routing";

/** Whom Alertmanager tells, of what, when. */
export interface AlertingSettings {
  readonly receivers: readonly ReceiverSettings[];
  /** Receiver of alerts that no route takes. */
  readonly defaultReceiver: string;
  readonly routes: readonly RouteSettings[];
}

/** Alertmanager's configuration file, in YAML. Secrets are not in it, but the paths of their files. */
export function renderAlertmanagerConfiguration(settings: AlertingSettings): string {
  return stringify({
    route: renderRoutes(settings.defaultReceiver, settings.routes),
    receivers: settings.receivers.map(renderReceiver),
    inhibit_rules: [
      {
        source_matchers: [`severity="critical"`],
        target_matchers: [`severity=~"warning|info"`],
        equal: ["alertname", "service", "environment"],
      },
    ],
  });
}
