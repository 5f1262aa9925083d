import { Alertmanager, type AlertmanagerProps } from "../../../constructs/alertmanager/alertmanager";
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
    "itself as a peer",
    { peers: ["alertmanager"] },
    `peers[0]: found "alertmanager", allowed: each of the others`,
  ],
  [
    "a peer twice",
    { peers: ["other", "other"] },
    `peers[1]: found "other", allowed: each of the others once`,
  ],
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
