import { Network } from "@cdktf/provider-docker/lib/network";
import {
  Alertmanager,
  type AlertmanagerCluster,
  type AlertmanagerProps,
} from "../../../constructs/alertmanager/alertmanager";
import { Template } from "../../support/template";
import { foreignScope, messageOf, type Scope } from "../docker/support";

function add({ stack, network }: Scope, props: Partial<AlertmanagerProps> = {}): void {
  new Alertmanager(stack, "alerts", {
    image: "prom/alertmanager:v0.35.0",
    limits: { memoryMb: 64, cpus: 0.5 },
    networks: [network],
    hostPort: 9093,
    externalUrl: "https://alerts.example.com",
    configuration: "route: { receiver: team }",
    secrets: {},
    ...props,
  });
}

it("remembers what it has told for as long as Alertmanager itself does, unless it is said", () => {
  const scope = foreignScope();
  add(scope);
  expect(Template.synth(scope.stack).resource("docker_container").command).toContain("--data.retention=120h");
});

it.each<[string, Partial<AlertmanagerProps>, string]>([
  [
    "no memory of what it told",
    { retentionHours: 0 },
    "retentionHours: found 0, allowed: a whole number from 1",
  ],
  ["a file without a place", { files: { "a.tmpl": "" } }, `files: found "a.tmpl", allowed: an absolute path`],
])("refuses %s", (_, props, problem) => {
  const message = messageOf((scope) => {
    add(scope, props);
  });
  expect(message).toContain(`elsewhere/alerts: 1 problem in its props:\n  ${problem}`);
});

describe("one of a cluster", () => {
  const inCluster = (scope: Scope, own: Partial<AlertmanagerCluster>) => {
    const network = new Network(scope.stack, "cluster", { name: "cluster", internal: true });
    add(scope, { cluster: { network, address: "10.1.0.2", peers: ["10.1.0.3"], ...own } });
  };

  it("listens for the others at its address on their network alone, and knows them by theirs", () => {
    const scope = foreignScope();
    inCluster(scope, {});
    const { command, networks_advanced } = Template.synth(scope.stack).resource("docker_container");
    expect((command as string[]).filter((option) => option.startsWith("--cluster"))).toEqual([
      "--cluster.listen-address=10.1.0.2:9094",
      "--cluster.peer=10.1.0.3:9094",
    ]);
    expect(networks_advanced).toEqual([
      { name: "${docker_network.network.id}" },
      { name: "${docker_network.cluster.id}", ipv4_address: "10.1.0.2" },
    ]);
  });

  it.each<[string, Partial<AlertmanagerCluster>, string]>([
    ["itself as a peer", { peers: ["10.1.0.2"] }, `cluster.peers[0]: found "10.1.0.2", allowed: each of the`],
    [
      "a peer twice",
      { peers: ["10.1.0.3", "10.1.0.3"] },
      `cluster.peers[1]: found "10.1.0.3", allowed: each of the others once`,
    ],
    ["nobody else", { peers: [] }, "cluster.peers: found [], allowed: one other or more"],
    ["a name as its address", { address: "alerts" }, `cluster.address: found "alerts", allowed: an IPv4`],
    ["a name as a peer", { peers: ["other"] }, `cluster.peers[0]: found "other", allowed: an IPv4 address`],
  ])("is refused with %s", (_, own, problem) => {
    const scope = foreignScope();
    expect(() => {
      inCluster(scope, own);
    }).toThrow(problem);
  });
});

it("tells all that is wrong at once, and makes nothing", () => {
  const message = messageOf((scope) => {
    add(scope, {
      image: "prom/alertmanager",
      hostPort: 0,
      externalUrl: "alerts",
      retentionHours: 0.5,
      secrets: { token: "" },
    });
  });
  expect(message).toMatch(
    /^elsewhere\/alerts: 5 problems in its props:\n {2}image: .*\n {2}hostPort: .*\n {2}externalUrl: .*\n {2}retentionHours: .*\n {2}secrets: /,
  );
});
