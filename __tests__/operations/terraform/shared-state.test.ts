import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sharedPlacesOf, sharedStateWarning } from "../../../operations/terraform/shared-state";
import type { StackContents } from "../../../operations/terraform/stack-contents";
import { readSynthesizedStacks } from "../../../operations/terraform/synth-output";
import { assertOwn } from "../../../operations/terraform/takeover";
import { FakeEngine } from "../../support/fake-engine";
import { synthesizeEnvironments } from "../../support/synth";
import { temporaryFolder } from "../../support/temporary-folder";

const makeFolder = temporaryFolder();

function synthesized() {
  const folder = makeFolder();
  for (const [file, text] of synthesizeEnvironments()) {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return readSynthesizedStacks(folder);
}

describe("a state on this machine alone", () => {
  it("is warned of where others reach an account or an engine, and nowhere else", () => {
    const warning = sharedStateWarning(synthesized()) ?? "";
    const named = warning.split("\n").filter((line) => line.startsWith("  "));
    expect(named.map((line) => line.trim().split(":")[0])).toContain("dev-cloudwatch");
    // local has an emulator and an engine of its own, prod has its state in S3.
    expect(named.join("\n")).not.toMatch(/^ {2}(?:local|prod)-/m);
    expect(
      sharedStateWarning(synthesized().filter(({ name }) => /^(?:local|prod)-/.test(name))),
    ).toBeUndefined();
  });

  it("is shared by an engine that is elsewhere, and not by those of machines that exporters run on", () => {
    const docker = [
      { host: "ssh://deploy@monitoring.example.com" },
      { alias: "db", host: "tcp://10.0.0.1:2375" },
    ];
    expect(sharedPlacesOf({ docker })).toEqual(["the engine at ssh://deploy@monitoring.example.com"]);
    expect(
      sharedPlacesOf({ docker: [{ host: "unix:///var/run/docker.sock" }], aws: [{ access_key: "x" }] }),
    ).toEqual([]);
  });
});

describe("a deploy", () => {
  const container = (Id: string, name: string, Labels: object = { "monitoring.health-check": "a" }) => ({
    Id,
    Names: [`/${name}`],
    Labels,
  });

  async function deployed(containers: readonly object[], state?: object): Promise<void> {
    const folder = makeFolder();
    const engine = await FakeEngine.start(folder, { "/containers/json?all=1": containers });
    const stateFile = join(folder, "dev-docker.tfstate");
    if (state) writeFileSync(stateFile, JSON.stringify(state));
    const contents = {
      stack: { name: "dev-docker", dependencies: [], folder, resources: 1, variables: [], stateFile },
      containers: [{ name: "prometheus", ports: [], memoryMb: 0 }],
      dockerHost: `unix://${engine.socket}`,
    };
    try {
      await assertOwn([contents as unknown as StackContents]);
    } finally {
      await engine.stop();
    }
  }

  it("is refused where a container is there that its state does not know", async () => {
    await expect(deployed([container("1", "prometheus")])).rejects.toThrow(
      /dev-docker, .*dev-docker\.tfstate: prometheus on unix:.*somebody else deployed.*docker rm --force/s,
    );
  });

  it("goes on where the state knows it, where it is somebody else's, and where there is none", async () => {
    const state = { resources: [{ instances: [{ attributes: { id: "1" } }] }] };
    await expect(deployed([container("1", "prometheus")], state)).resolves.toBeUndefined();
    await expect(
      deployed([container("2", "prometheus", {}), container("3", "other")]),
    ).resolves.toBeUndefined();
    await expect(deployed([])).resolves.toBeUndefined();
  });
});
