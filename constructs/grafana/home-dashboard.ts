import { OrganizationPreferences } from "@cdktf/provider-grafana/lib/organization-preferences";
import { Construct } from "constructs";
import { Problems } from "../props-error";
import { timezone, uid } from "./settings";

/** What a `HomeDashboard` takes. */
export interface HomeDashboardProps {
  /** Uid of the dashboard that everybody sees first: a reference to the dashboard itself, so that it is made before. */
  readonly uid: string;
  /** Time zone of everything in Grafana that has none of its own: `browser`, `utc` or a name such as `Europe/Berlin`. */
  readonly timezone: string;
}

/** The preferences of the organisation: what people see when they log in. Grafana's own defaults come back on destroy. */
export class HomeDashboard extends Construct {
  /** The `grafana_organization_preferences`. */
  readonly preferences: OrganizationPreferences;

  /** @throws PropsError for what Grafana would refuse */
  constructor(scope: Construct, id: string, props: HomeDashboardProps) {
    new Problems()
      .holds(uid, "uid", props.uid)
      .holds(timezone, "timezone", props.timezone)
      .throwFor(scope, id);
    super(scope, id);
    this.preferences = new OrganizationPreferences(this, "preferences", {
      homeDashboardUid: props.uid,
      timezone: props.timezone,
    });
  }
}
