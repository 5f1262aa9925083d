import { Dashboard } from "@cdktf/provider-grafana/lib/dashboard";
import { Folder } from "@cdktf/provider-grafana/lib/folder";
import { FolderPermission } from "@cdktf/provider-grafana/lib/folder-permission";
import { Construct } from "constructs";
import type { z } from "zod";
import { Problems } from "../props-error";
import { terraformLiteral } from "../terraform-literal";
import { defaultRole, role, uid as validUid } from "./settings";

/** A dashboard as Grafana's classic schema has it. */
export interface DashboardModel {
  /**
   * Stable id in Grafana's URLs, 1 to 40 letters, digits, dashes and underscores, which no other dashboard has.
   * @default - none, which is refused
   */
  readonly uid?: string;
  /**
   * Name in Grafana's lists.
   * @default - none
   */
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
   * out, changes anything in it.
   * @default "Viewer" - everybody with an account
   */
  readonly visibleFrom?: Role;
}

/** A basic role of Grafana, each with the rights of those before it. */
export type Role = z.infer<typeof role>;

/** The roles that a permission can name, from the least on. An admin needs none. */
const grantable = ["Viewer", "Editor"] as const;

/**
 * A folder of Grafana with its dashboards. The code owns them: a dashboard that somebody changed in Grafana is
 * overwritten. A folder that holds something else is not deleted.
 */
export class DashboardFolder extends Construct {
  /** The `grafana_folder`. */
  readonly folder: Folder;
  /** The `grafana_dashboard`s by uid. */
  readonly dashboards: ReadonlyMap<string, Dashboard>;

  /** @throws PropsError for what Grafana would refuse */
  constructor(scope: Construct, id: string, props: DashboardFolderProps) {
    checkFolder(props).throwFor(scope, id);
    super(scope, id);
    this.folder = new Folder(this, "folder", {
      uid: props.uid,
      title: props.title,
      preventDestroyIfNotEmpty: true,
    });
    const { visibleFrom = defaultRole } = props;
    new FolderPermission(this, "permissions", {
      folderUid: this.folder.uid,
      permissions: (visibleFrom === "Admin" ? [] : grantable.slice(grantable.indexOf(visibleFrom))).map(
        (role) => ({ role, permission: "View" }),
      ),
    });
    const dashboards = new Map<string, Dashboard>();
    this.dashboards = dashboards;
    for (const model of props.dashboards) {
      const { uid = "" } = model;
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

function checkFolder({ uid, visibleFrom, dashboards }: DashboardFolderProps): Problems {
  const problems = new Problems().holds(validUid, "uid", uid).mayHold(role, "visibleFrom", visibleFrom);
  const uids = dashboards.map((model) => model.uid);
  dashboards.forEach((model, index) => {
    // The title says which one it is, in a list that may be long.
    const prop = `dashboards[${String(index)}].uid of ${JSON.stringify(model.title ?? "")}`;
    problems
      .holds(validUid, prop, model.uid)
      .expect(uids.indexOf(model.uid) === index, prop, model.uid, "a uid that no other dashboard has");
  });
  return problems;
}
