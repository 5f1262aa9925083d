import { Dashboard } from "@cdktf/provider-grafana/lib/dashboard";
import { Folder } from "@cdktf/provider-grafana/lib/folder";
import { FolderPermission } from "@cdktf/provider-grafana/lib/folder-permission";
import { Construct } from "constructs";
import { terraformLiteral } from "../terraform-literal";

/** A dashboard as Grafana's classic schema has it. */
export interface DashboardModel {
  /** Stable id in Grafana's URLs, at most 40 characters of letters, digits, - and _; refused otherwise. */
  readonly uid?: string;
  /** Name in Grafana's lists. */
  readonly title?: string;
}

/** What a `DashboardFolder` takes. */
export interface DashboardFolderProps {
  /** Stable id of the folder in Grafana's URLs, as for dashboards. */
  readonly uid: string;
  /** Name in Grafana's lists. */
  readonly title: string;
  /** The dashboards in it, each with its own uid. */
  readonly dashboards: readonly DashboardModel[];
  /**
   * The least role that sees the folder; the roles above it see it too. Nobody but an admin, whom Grafana cannot keep
   * out, changes anything in it. Default `Viewer`.
   */
  readonly visibleFrom?: Role;
}

/** A basic role of Grafana, each with the rights of those before it. */
export type Role = "Viewer" | "Editor" | "Admin";

/** The roles that a permission can name, from the least on. An admin needs none. */
const grantable = ["Viewer", "Editor"] as const;

const validUid = /^[A-Za-z0-9_-]{1,40}$/;

/**
 * A folder of Grafana with its dashboards. The code owns them: a dashboard that somebody changed in Grafana is
 * overwritten. A folder that holds something else is not deleted.
 */
export class DashboardFolder extends Construct {
  /** The `grafana_folder`. */
  readonly folder: Folder;
  /** The `grafana_dashboard`s by uid. */
  readonly dashboards: ReadonlyMap<string, Dashboard>;

  /** @throws Error for an invalid uid and for one that two dashboards have */
  constructor(scope: Construct, id: string, props: DashboardFolderProps) {
    super(scope, id);
    assertUid("folder", props.title, props.uid);
    this.folder = new Folder(this, "folder", {
      uid: props.uid,
      title: props.title,
      preventDestroyIfNotEmpty: true,
    });
    const { visibleFrom = "Viewer" } = props;
    new FolderPermission(this, "permissions", {
      folderUid: this.folder.uid,
      permissions: (visibleFrom === "Admin" ? [] : grantable.slice(grantable.indexOf(visibleFrom))).map(
        (role) => ({ role, permission: "View" }),
      ),
    });
    const dashboards = new Map<string, Dashboard>();
    this.dashboards = dashboards;
    for (const model of props.dashboards) {
      const uid = assertUid("dashboard", model.title ?? "", model.uid ?? "");
      if (this.node.tryFindChild(uid)) {
        throw new Error(`Folder "${props.title}": two dashboards have the uid "${uid}".`);
      }
      const dashboard = new Dashboard(this, uid, {
        folder: this.folder.uid,
        configJson: jsonOf(model),
        overwrite: true,
      });
      dashboards.set(uid, dashboard);
    }
  }
}

const written = new WeakMap<DashboardModel, string>();

/** A dashboard as text; one that is in several environments is written once. */
function jsonOf(model: DashboardModel): string {
  const text = written.get(model) ?? terraformLiteral(JSON.stringify(model));
  written.set(model, text);
  return text;
}

function assertUid(what: string, title: string, uid: string): string {
  if (validUid.test(uid)) return uid;
  throw new Error(
    `The ${what} "${title}" has the uid "${uid}", but a uid has 1 to 40 letters, digits, dashes and underscores.`,
  );
}
