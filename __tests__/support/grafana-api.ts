import Fastify, { type FastifyInstance } from "fastify";

/** A dashboard as the stand-in keeps it. */
export interface StoredDashboard {
  readonly uid: string;
  readonly folderUid: string;
  readonly version: number;
  readonly model: Readonly<Record<string, unknown>>;
}

interface StoredFolder {
  readonly id: number;
  readonly uid: string;
  title: string;
  version: number;
  permissions: Permission[];
}

interface Permission {
  /** Absent in a change that takes the permission away. */
  readonly permission?: string;
  readonly builtInRole?: string;
  readonly userId?: number;
  readonly teamId?: number;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * A stand-in of Grafana's HTTP API as far as folders, permissions, dashboards, data sources with their health, and preferences go: it keeps
 * what it is given, refuses what Grafana refuses, and gives it back in Grafana's form. It draws nothing.
 */
export class GrafanaApi {
  readonly folders = new Map<string, StoredFolder>();
  readonly dashboards = new Map<string, StoredDashboard>();
  readonly dataSources = new Map<string, Json>();
  /** What Grafana would say of data sources whose programs it does not reach, by their uids. */
  readonly unreached = new Map<string, string>();
  preferences: Json = {};
  /** Requests other than GET, such as `POST /api/folders`, in their order. */
  readonly writes: string[] = [];
  private readonly app: FastifyInstance;
  private nextId = 1;

  /** @param password of the user admin */
  constructor(password: string) {
    const authorization = `Basic ${Buffer.from(`admin:${password}`).toString("base64")}`;
    this.app = Fastify({ bodyLimit: 10 * 1024 * 1024 });
    this.app.addHook("onRequest", async (request, reply) => {
      // As in Grafana, whether it is well may be asked by everybody.
      if (request.url !== "/api/health" && request.headers.authorization !== authorization) {
        return reply.code(401).send({ message: "Invalid username or password" });
      }
      if (request.method !== "GET") this.writes.push(`${request.method} ${request.url}`);
      return undefined;
    });
    this.app.get("/api/health", () => ({ database: "ok", version: "13.2.1", commit: "stand-in" }));
    this.addFolders();
    this.addPermissions();
    this.addDashboards();
    this.addDataSources();
    this.addPreferences();
  }

  /** Starts it; without arguments on a free port of the loopback address. */
  async listen(port = 0, host = "127.0.0.1"): Promise<string> {
    return this.app.listen({ host, port });
  }

  async close(): Promise<void> {
    await this.app.close();
  }

  /** What the roles may do in a folder, as `role: permission`, in the order of their names. */
  rolesOf(folder: string): string[] {
    return (this.folders.get(folder)?.permissions ?? [])
      .map(
        ({ builtInRole, userId, permission }) =>
          `${builtInRole ?? `user ${String(userId)}`}: ${permission ?? ""}`,
      )
      .sort();
  }

  private addFolders(): void {
    const answer = ({ id, uid, title, version }: StoredFolder) => ({
      ...{ id, uid, title, version, orgId: 1, url: `/dashboards/f/${uid}/${title.toLowerCase()}` },
    });
    this.app.post<{ Body: { uid: string; title: string } }>("/api/folders", async ({ body }, reply) => {
      if (this.folders.has(body.uid)) {
        return reply.code(412).send({ message: "the folder has been changed by someone else" });
      }
      const folder: StoredFolder = {
        ...{ id: this.nextId++, uid: body.uid, title: body.title, version: 1 },
        // What a new folder has in Grafana: its maker's own rights and those of the basic roles.
        permissions: [
          { userId: 1, permission: "Admin" },
          { builtInRole: "Editor", permission: "Edit" },
          { builtInRole: "Viewer", permission: "View" },
        ],
      };
      this.folders.set(body.uid, folder);
      return answer(folder);
    });
    this.app.get<{ Params: { uid: string } }>("/api/folders/:uid", async ({ params }, reply) => {
      const folder = this.folders.get(params.uid);
      return folder ? answer(folder) : reply.code(404).send({ message: "folder not found" });
    });
    this.app.put<{ Params: { uid: string }; Body: { title: string } }>(
      "/api/folders/:uid",
      async ({ params, body }, reply) => {
        const folder = this.folders.get(params.uid);
        if (!folder) return reply.code(404).send({ message: "folder not found" });
        folder.title = body.title;
        folder.version++;
        return answer(folder);
      },
    );
    // Grafana removes the dashboards of a folder with it: whoever must not lose them has to ask before.
    this.app.delete<{ Params: { uid: string } }>("/api/folders/:uid", async ({ params }, reply) => {
      if (!this.folders.delete(params.uid)) return reply.code(404).send({ message: "folder not found" });
      for (const { uid, folderUid } of [...this.dashboards.values()]) {
        if (folderUid === params.uid) this.dashboards.delete(uid);
      }
      return { message: "Folder deleted" };
    });
    this.app.get<{ Querystring: { folderUIDs?: string | string[]; type?: string } }>(
      "/api/search",
      ({ query }) => {
        const wanted = query.folderUIDs === undefined ? undefined : [query.folderUIDs].flat();
        return [...this.dashboards.values()]
          .filter(({ folderUid }) => wanted === undefined || wanted.includes(folderUid))
          .map(({ uid, folderUid, model }) => ({ uid, folderUid, title: model.title, type: "dash-db" }));
      },
    );
  }

  private addPermissions(): void {
    const path = "/api/access-control/folders/:uid";
    this.app.get<{ Params: { uid: string } }>(path, async ({ params }, reply) => {
      const folder = this.folders.get(params.uid);
      if (!folder) return reply.code(404).send({ message: "folder not found" });
      return folder.permissions.map((each, id) => ({ ...each, id, isManaged: true, isInherited: false }));
    });
    this.app.post<{ Params: { uid: string }; Body: { permissions: Permission[] } }>(
      path,
      async ({ params, body }, reply) => {
        const folder = this.folders.get(params.uid);
        if (!folder) return reply.code(404).send({ message: "folder not found" });
        for (const change of body.permissions) {
          const others = folder.permissions.filter((each) => !isOfSame(each, change));
          folder.permissions = (change.permission ?? "") === "" ? others : [...others, change];
        }
        return { message: "Permissions updated" };
      },
    );
  }

  private addDashboards(): void {
    this.app.post<{ Body: { dashboard: Json; folderUid?: string; overwrite?: boolean } }>(
      "/api/dashboards/db",
      async ({ body }, reply) => {
        const { uid, title } = body.dashboard;
        const folderUid = body.folderUid ?? "";
        if (typeof title !== "string" || title === "") {
          return reply.code(400).send({ message: "Dashboard title cannot be empty", status: "empty-name" });
        }
        if (typeof uid !== "string" || uid.length > 40) {
          return reply.code(400).send({ message: "uid too long, max 40 characters" });
        }
        if (!this.folders.has(folderUid)) return reply.code(404).send({ message: "folder not found" });
        const version = (this.dashboards.get(uid)?.version ?? 0) + 1;
        if (version > 1 && body.overwrite !== true) {
          const message = "The dashboard has been changed by someone else";
          return reply.code(412).send({ message, status: "version-mismatch" });
        }
        this.dashboards.set(uid, { uid, folderUid, version, model: body.dashboard });
        return { id: this.nextId++, uid, version, status: "success", slug: uid, url: `/d/${uid}/${uid}` };
      },
    );
    this.app.get<{ Params: { uid: string } }>("/api/dashboards/uid/:uid", async ({ params }, reply) => {
      const stored = this.dashboards.get(params.uid);
      if (!stored) return reply.code(404).send({ message: "Dashboard not found" });
      const { uid, folderUid, version, model } = stored;
      return {
        dashboard: { ...model, id: 1, version },
        meta: { folderUid, url: `/d/${uid}/${uid}`, version },
      };
    });
    this.app.delete<{ Params: { uid: string } }>("/api/dashboards/uid/:uid", async ({ params }, reply) => {
      if (!this.dashboards.delete(params.uid))
        return reply.code(404).send({ message: "Dashboard not found" });
      return { message: "Dashboard deleted", title: params.uid };
    });
  }

  private addDataSources(): void {
    this.app.get("/api/datasources", () => [...this.dataSources.values()]);
    this.app.post<{ Body: Json }>("/api/datasources", async ({ body }, reply) => {
      const taken = [...this.dataSources.values()].some(
        ({ name, uid }) => name === body.name || uid === body.uid,
      );
      if (taken) {
        return reply.code(409).send({ message: "data source with the same name or uid already exists" });
      }
      const datasource = { ...body, id: this.nextId++, orgId: 1, version: 1 };
      this.dataSources.set(String(body.uid), datasource);
      return { id: datasource.id, message: "Datasource added", name: body.name, datasource };
    });
    const path = "/api/datasources/uid/:uid";
    this.app.get<{ Params: { uid: string } }>(path, async ({ params }, reply) => {
      return this.dataSources.get(params.uid) ?? reply.code(404).send({ message: "Data source not found" });
    });
    this.app.put<{ Params: { uid: string }; Body: Json }>(path, async ({ params, body }, reply) => {
      const stored = this.dataSources.get(params.uid);
      if (!stored) return reply.code(404).send({ message: "Data source not found" });
      const datasource = { ...stored, ...body };
      this.dataSources.set(params.uid, datasource);
      return { id: stored.id, message: "Datasource updated", name: body.name, datasource };
    });
    this.addHealth(path);
    this.app.delete<{ Params: { uid: string } }>(path, async ({ params }, reply) => {
      if (!this.dataSources.delete(params.uid))
        return reply.code(404).send({ message: "Data source not found" });
      return { message: "Data source deleted" };
    });
  }

  /** Grafana asks what is behind a data source, where the plugin can; of the others it says 404, and passes requests on. */
  private addHealth(path: string): void {
    this.app.get<{ Params: { uid: string } }>(`${path}/health`, async ({ params: { uid } }, reply) => {
      const { type } = this.dataSources.get(uid) ?? {};
      if (type === undefined) return reply.code(404).send({ message: "Data source not found" });
      if (type === "alertmanager") {
        return reply.code(404).send({ message: "Plugin not found", messageId: "plugin.notRegistered" });
      }
      const message = this.unreached.get(uid);
      return message === undefined
        ? { status: "OK", message: "Successfully queried the API." }
        : reply.code(400).send({ status: "ERROR", message });
    });
    this.app.get<{ Params: { uid: string } }>(
      "/api/datasources/proxy/uid/:uid/*",
      async ({ params }, reply) => {
        const message = this.unreached.get(params.uid);
        return message === undefined ? {} : reply.code(502).send({ message });
      },
    );
  }

  private addPreferences(): void {
    this.app.get("/api/org/preferences", () => this.preferences);
    this.app.put<{ Body: Json }>("/api/org/preferences", async ({ body }, reply) => {
      const home = body.homeDashboardUID;
      if (typeof home === "string" && home !== "" && !this.dashboards.has(home)) {
        return reply.code(404).send({ message: "Dashboard not found" });
      }
      this.preferences = body;
      return { message: "Preferences updated" };
    });
  }
}

function isOfSame(one: Permission, other: Permission): boolean {
  return (
    (one.builtInRole ?? "") === (other.builtInRole ?? "") &&
    (one.userId ?? 0) === (other.userId ?? 0) &&
    (one.teamId ?? 0) === (other.teamId ?? 0)
  );
}
