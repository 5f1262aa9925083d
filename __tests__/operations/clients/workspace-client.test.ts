import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { signing } from "../../../operations/clients/signed-requests";
import {
  WorkspaceAlertmanagerClient,
  WorkspaceClient,
  workspaceUrl,
} from "../../../operations/clients/workspace-client";
import { alertmanagersCheck } from "../../../operations/verify/checks/alertmanagers";
import { targetFindings } from "../../../operations/verify/checks/targets";
import { deploymentOf } from "../../../operations/verify/deployment";
import { expectedGroups } from "../../../operations/verify/expected-rules";
import { subjectOf } from "../../../operations/verify/subject";
import { managedWith } from "../../support/environments/managed-agents";
import { SignedReceiver } from "../../support/signed-receiver";

const region = "eu-central-1";
const key = { accessKeyId: "AKIDASKS", secretAccessKey: "a-secret" };
const up = (job: string, instance: string) => ({ __name__: "up", job, instance });

/** What a workspace answers, by path and query. */
const answers: Readonly<Record<string, unknown>> = {
  "/api/v1/query?query=up": {
    result: [
      { metric: up("parcels", "parcels:8080"), value: [100, "1"] },
      { metric: up("payments", "payments:8080"), value: [100, "0"] },
    ],
  },
  "/api/v1/query?query=timestamp(up)": {
    result: [{ metric: { job: "parcels", instance: "parcels:8080" }, value: [100, "95"] }],
  },
  "/api/v1/metadata?metric=parcels_total": { parcels_total: [{ type: "counter" }] },
  "/api/v1/metadata?metric=nothing": {},
};
const definition = {
  config: { original: "route: { receiver: nobody }\n" },
  cluster: { status: "disabled" },
};

describe("a workspace that is asked", () => {
  let server: Server;
  let workspace: SignedReceiver;
  let posted: string[];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = decodeURIComponent(request.url ?? "");
      const found = path.startsWith("/workspaces?")
        ? {
            workspaces: [
              { alias: "parcels-prod", workspaceId: "ws-1" },
              { alias: "parcels-prod-two", workspaceId: "ws-2" },
              { alias: "twice", workspaceId: "ws-3" },
              { alias: "twice", workspaceId: "ws-4" },
            ],
          }
        : path === "/alertmanager/api/v2/status"
          ? definition
          : path in answers && { status: "success", data: answers[path] };
      if (request.method === "POST") posted.push(path);
      response.writeHead(found ? 200 : 404).end(JSON.stringify(found));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const signer = { ...key, region, service: "aps" };
    workspace = await SignedReceiver.start(`http://127.0.0.1:${String(port)}`, signer);
  });

  beforeEach(() => {
    posted = [];
  });

  afterAll(async () => {
    await workspace.stop();
    server.closeAllConnections();
    server.close();
  });

  const asked = (credentials = key) => ({
    name: "the workspace parcels-prod",
    url: () => Promise.resolve(workspace.url),
    sign: signing({ region }, "aps", () => Promise.resolve(credentials)),
    scrapeInterval: "15s",
  });

  it("gets requests that are signed, with a query that has to be quoted, too", async () => {
    const before = workspace.count.signed;
    await new WorkspaceClient(asked()).targets();
    expect(workspace.count).toEqual({ signed: before + 2, refused: 0 });
    const other = new WorkspaceClient(asked({ ...key, secretAccessKey: "another" }));
    await expect(other.ready()).rejects.toThrow("403 not signed as it must be");
  });

  it("says which targets its agents scrape, and which are down", async () => {
    const targets = await new WorkspaceClient(asked()).targets();
    expect(targets.map(({ scrapePool, health, lastScrape }) => [scrapePool, health, lastScrape])).toEqual([
      ["parcels", "up", new Date(95_000).toISOString()],
      ["payments", "down", new Date(0).toISOString()],
    ]);
    const findings = targetFindings({ parcels: 1, payments: 1, orders: 1 }, targets);
    expect(findings.map(({ text }) => text)).toEqual([
      "orders has no target",
      "payments at payments:8080 is down: its agent knows why, see docs/managed-prometheus-agents.md",
    ]);
  });

  it("says whether somebody announces a metric", async () => {
    const client = new WorkspaceClient(asked());
    expect(await client.announcing("parcels_total")).toEqual([{ target: {} }]);
    expect(await client.announcing("nothing")).toEqual([]);
  });

  it("is found by its whole alias, and by none that two have", async () => {
    const place = { region, emulatorUrl: workspace.url };
    const find = (alias: string) => workspaceUrl(place, asked().sign, alias);
    expect(await find("parcels-prod")).toBe(
      "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1",
    );
    await expect(find("parcels")).rejects.toThrow("there is no workspace parcels in eu-central-1");
    await expect(find("twice")).rejects.toThrow("there are 2 workspaces twice in eu-central-1");
  });

  it("has an Alertmanager that is asked below its own path, and counts no notifications of a receiver", async () => {
    const client = new WorkspaceAlertmanagerClient(asked());
    expect((await client.status()).cluster.status).toBe("disabled");
    await expect(client.notifications()).rejects.toThrow("a workspace does not say whom it told");
    await expect(client.send([{ labels: { alertname: "Drill" } }])).rejects.toThrow("404");
    expect(posted).toEqual(["/alertmanager/api/v2/alerts"]);
  });
});

describe("a system on a workspace", () => {
  const environment = managedWith({ shards: 2, replicas: 2 });
  const deployment = deploymentOf(environment);

  it("should have the rules and the routes of the workspace", () => {
    expect(deployment.places.workspace).toBe("microservices-monitoring-managed-metrics");
    expect(deployment.jobs.prometheus).toBe(4);
    expect(deployment.jobs.alertmanager).toBeUndefined();
    const names = expectedGroups(deployment.ruleFiles).flatMap(({ rules }) => rules.map(({ name }) => name));
    expect(names).toEqual(expect.arrayContaining(["Watchdog", "PrometheusAgentsSilent"]));
    expect(deployment.alertmanagerConfiguration).toContain("sns_configs");
  });

  it("is asked where the workspace is, in the place of Prometheus and of each Alertmanager", () => {
    const subject = subjectOf(
      { ...deployment, places: { ...deployment.places, aws: { region, emulatorUrl: "http://127.0.0.1:9" } } },
      undefined,
    );
    expect(subject.prometheus.url).toBe("the workspace microservices-monitoring-managed-metrics");
    expect(subject.alertmanagers).toHaveLength(1);
    expect(alertmanagersCheck.name).toBe("Alertmanager");
  });
});
