import { readFileSync } from "node:fs";
import { join } from "node:path";
import { causeOf, resetGrafanaPassword } from "../../../operations/up/causes";
import { loadEnvironments } from "../../support/environments";
import { synthesizeEnvironments } from "../../support/synth";

describe("the cause of a failed deploy", () => {
  // What Terraform 1.11 and the Docker provider 3.6.2 say.
  it.each([
    ["Error acquiring the state lock\nresource temporarily unavailable", /another run/, /Wait/],
    ["write /var/lib/docker/tmp/x: no space left on device", /disk is full/, /docker system df/],
    [
      "Unable to start container: Bind for 127.0.0.1:3300 failed: port is already allocated",
      /port is taken/,
      /doctor/,
    ],
    [
      `Conflict. The container name "/grafana" is already in use by container "4ab"`,
      /another container named grafana,/,
      /docker rm --force grafana/,
    ],
    [
      "network with name monitoring-network already exists",
      /another network named monitoring-network,/,
      /docker network rm monitoring-network/,
    ],
    [
      "Unable to read Docker image into resource: unable to find or pull image prom/prometheus:v3.13.5",
      /image prom\/prometheus:v3\.13\.5 cannot be pulled/,
      /docker pull prom\/prometheus:v3\.13\.5/,
    ],
    [
      "Error pinging Docker server, please make sure that unix:///x is reachable",
      /^no Docker engine is reached at unix:\/\/\/x$/,
      /doctor/,
    ],
    [
      "Cannot connect to the Docker daemon",
      /^no Docker engine is reached at its address any more$/,
      /doctor/,
    ],
    ["Failed to query available provider packages", /provider cannot be had/, /doctor/],
    [
      "[GET /folders] getFolders (status: 401) Invalid username or password",
      /refuses the password/,
      /--volumes/,
    ],
    [
      `Get "http://127.0.0.1:3300/api/folders": dial tcp 127.0.0.1:3300: connect: connection refused`,
      /http:\/\/127\.0\.0\.1:3300 does not answer/,
      /docker logs/,
    ],
  ])("is told from %j", (said, cause, nextStep) => {
    expect(causeOf(said, "local")).toEqual({
      cause: expect.stringMatching(cause) as string,
      nextStep: expect.stringMatching(nextStep) as string,
    });
  });

  it("names the commands of the environment that was deployed", () => {
    expect(causeOf("port is already allocated", "edge")?.nextStep).toMatch(/^npm run doctor -- edge /);
    expect(causeOf("status: 401", "edge")?.nextStep).toMatch(/: npm run down -- edge --volumes$/);
    expect(causeOf("Error pinging Docker server", "edge")?.nextStep).toContain("npm run up -- edge again:");
    expect(causeOf("Error pinging Docker server", "local")?.nextStep).toContain("npm run up again:");
  });

  it("is not made up where nothing is known", () => {
    expect(causeOf("Unsupported argument", "local")).toBeUndefined();
  });
});

it("tells how Grafana learns a rotated password, as the README does", () => {
  const command = resetGrafanaPassword("edge");
  expect(causeOf("status: 401", "edge")?.nextStep).toContain(command);
  expect(readFileSync(join(__dirname, "../../../README.md"), "utf8")).toContain(
    `\n${resetGrafanaPassword("<environment>")}\n`,
  );
  // It reads the file that the container has.
  const docker = synthesizeEnvironments(loadEnvironments("prod")).get("stacks/prod-docker/cdk.tf.json");
  expect(docker).toContain(`"file": "${/< (\S+)'$/.exec(command)?.[1] ?? ""}"`);
});
