import { setTimeout as sleep } from "node:timers/promises";
import { ok } from "../../operations/checks/check";
import { type DoctorCheck, isOlder, type Subject } from "../../operations/doctor/check";
import { awsCredentialsCheck } from "../../operations/doctor/checks/aws-credentials";
import { nodeFinding } from "../../operations/doctor/checks/node";
import { baseImages } from "../../operations/doctor/dockerfile";
import { examine } from "../../operations/checks/examine";
import { findingLines, summary } from "../../operations/checks/report";
import type { StackContents } from "../../operations/terraform/stack-contents";

const subject: Subject = { environment: "local", contents: [], engine: undefined, env: {} };
const check = (name: string, run: DoctorCheck["run"], timeLimitMs = 5_000): DoctorCheck => ({
  name,
  isCheap: true,
  timeLimitMs,
  run,
});

describe("checks", () => {
  it("run side by side and are told in their order", async () => {
    const told: string[] = [];
    const slow = check("slow", async () => {
      await sleep(50);
      return [ok("a")];
    });
    const findings = await examine([slow, check("quick", () => [ok("b")])], subject, (found) =>
      told.push(...found.map((each) => each.check)),
    );
    expect(told).toEqual(["slow", "quick"]);
    expect(findings).toEqual([
      { check: "slow", status: "ok", text: "a" },
      { check: "quick", status: "ok", text: "b" },
    ]);
  });

  it("never hang, and a fault of one is not the end of the others", async () => {
    const hanging = check("hanging", () => new Promise<never>(() => undefined), 20);
    const faulty = check("faulty", () => {
      throw new Error("oops");
    });
    const findings = await examine([hanging, faulty, check("well", () => [ok("x")])], subject);
    expect(findings.map(({ status, text }) => [status, text])).toEqual([
      ["warning", "could not be told within 0.02 s"],
      ["problem", "could not be checked: oops"],
      ["ok", "x"],
    ]);
  });

  it("are broken between words at the terminal's width", () => {
    const text =
      "the image prom/prometheus:v3.13.5 is not there and the registry cannot be reached from here";
    const nextStep =
      "docker pull prom/prometheus:v3.13.5 where there is a network, then docker save and docker load";
    expect(findingLines({ check: "Images", status: "warning", text, nextStep }, 11, 80).split("\n")).toEqual([
      "warning  Images     the image prom/prometheus:v3.13.5 is not there and the",
      "                    registry cannot be reached from here",
      "                    -> docker pull prom/prometheus:v3.13.5 where there is a",
      "                       network, then docker save and docker load",
    ]);
  });

  it("are lines for people", () => {
    const finding = { check: "Node", status: "problem", text: "too old", nextStep: "get another" } as const;
    expect(findingLines(finding, 11, 80)).toBe(
      "problem  Node       too old\n                    -> get another",
    );
    expect(summary([finding, { check: "x", status: "warning", text: "" }])).toBe("1 problem, 1 warning.");
    expect(summary([{ check: "x", status: "ok", text: "" }])).toBe("All is well.");
  });
});

it.each([
  ["1.9.8", "1.10.0", true],
  ["1.10.0", "1.10.0", false],
  ["1.11.4", "1.10.0", false],
  ["20.10.24+dfsg1", "20.10.0", false],
  ["1.10.0-beta1", "1.10.0", false],
  ["19.03.15", "20.10.0", true],
  ["28.2", "28.1.9", false],
])("version %s is older than %s: %s", (version, than, expected) => {
  expect(isOlder(version, than)).toBe(expected);
});

it("Node must be what package.json asks for", () => {
  expect(nodeFinding("20.9.0").status).toBe("ok");
  expect(nodeFinding("20.8.1")).toMatchObject({
    status: "problem",
    text: "20.8.1 is too old: 20.9.0 or newer is needed",
  });
});

it("the images that a Dockerfile builds from are those of its stages, with the arguments of the build", () => {
  const dockerfile = [
    "ARG NODE_IMAGE=node:20-bookworm-slim",
    "FROM ${NODE_IMAGE} AS build",
    "FROM --platform=linux/amd64 alpine:3 as tools",
    "ARG NODE_IMAGE",
    "FROM $NODE_IMAGE",
    "FROM build",
    "FROM scratch",
  ].join("\n");
  expect(baseImages(dockerfile, {})).toEqual(["node:20-bookworm-slim", "alpine:3"]);
  expect(baseImages(dockerfile, { NODE_IMAGE: "mine:1" })).toEqual(["mine:1", "alpine:3"]);
});

describe("credentials of AWS", () => {
  const contents = [
    { needsAwsCredentials: true, stack: { name: "dev-cloudwatch" } } as unknown as StackContents,
  ];
  const run = (env: NodeJS.ProcessEnv) =>
    awsCredentialsCheck.run({ ...subject, contents, env: { HOME: "/nowhere", ...env } });

  it("are asked for where there is an account alone", () => {
    expect(awsCredentialsCheck.run(subject)).toEqual([]);
  });

  it("are found in the environment, and never shown", () => {
    const found = run({ AWS_ACCESS_KEY_ID: "AKIA1", AWS_SECRET_ACCESS_KEY: "s3cret" });
    expect(found).toEqual([ok("credentials from AWS_ACCESS_KEY_ID")]);
    expect(run({ AWS_PROFILE: "dev" })).toEqual([ok("credentials from AWS_PROFILE")]);
  });
});
