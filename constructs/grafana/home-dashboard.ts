import { OrganizationPreferences } from "@cdktf/provider-grafana/lib/organization-preferences";
import { Construct } from "constructs";

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

  constructor(scope: Construct, id: string, props: HomeDashboardProps) {
    super(scope, id);
    this.preferences = new OrganizationPreferences(this, "preferences", {
      homeDashboardUid: props.uid,
      timezone: props.timezone,
    });
  }
}
