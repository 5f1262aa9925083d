import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assertDataNamed, assertNames, lostDataOf } from "../../../operations/terraform/lost-data";
import { readStackContents, type StackContents } from "../../../operations/terraform/stack-contents";
import { FakeEngine } from "../../support/fake-engine";
import { synthesizeEnvironments } from "../../support/synth";
import { temporaryFolder } from "../../support/temporary-folder";

const makeFolder = temporaryFolder();
const files = synthesizeEnvironments();

function contentsOf(name: string): StackContents {
  const folder = join(makeFolder(), name);
  mkdirSync(folder);
  writeFileSync(join(folder, "cdk.tf.json"), files.get(`stacks/${name}/cdk.tf.json`) ?? "");
  return readStackContents({ name, dependencies: [], folder, resources: 0, variables: [] });
}

const lost = [{ name: "dev-prometheus-data", what: "1.5 GiB" }];

describe("data that a destroy would remove", () => {
  it("is each volume that is there with its size, and the key of the alarms", async () => {
    const folder = makeFolder();
    const engine = await FakeEngine.start(folder, {
      "/system/df*": {
        Volumes: [
          { Name: "dev-prometheus-data", UsageData: { Size: 1.5 * 1024 ** 3 } },
          { Name: "dev-grafana-data", UsageData: null },
          { Name: "somebody-elses", UsageData: { Size: 7 } },
        ],
      },
    });
    try {
      const docker = { ...contentsOf("dev-docker"), dockerHost: `unix://${engine.socket}` };
      expect(await lostDataOf([docker, contentsOf("dev-cloudwatch")])).toEqual([
        { name: "dev-grafana-data", what: "0 bytes" },
        { name: "dev-prometheus-data", what: "1.5 GiB" },
        {
          name: expect.stringMatching(/^aws_kms_key\./) as string,
          what: expect.stringContaining("encrypted") as string,
        },
      ]);
    } finally {
      await engine.stop();
    }
  });

  it("is named with a size that is not known where the engine does not answer", async () => {
    const docker = { ...contentsOf("dev-docker"), dockerHost: `unix://${makeFolder()}/none.sock` };
    expect((await lostDataOf([docker])).map(({ name, what }) => [name, what.split(",")[0]])).toContainEqual([
      "dev-prometheus-data",
      "unknown",
    ]);
  });

  it("goes only where the environment is named", async () => {
    const said: string[] = [];
    const say = (line: string) => said.push(line);
    await expect(assertDataNamed("dev", lost, [], say)).rejects.toThrow(/Nobody is there.* --data dev/s);
    expect(said.join("\n")).toMatch(
      /prometheus-data +1\.5 GiB\n.*no backup of it in backups: npm run backup -- dev/s,
    );
    await expect(assertDataNamed("dev", lost, ["dev"], say)).resolves.toBeUndefined();
    await expect(assertDataNamed("dev", [], [], say)).resolves.toBeUndefined();
    expect(() => {
      assertNames(["prod"], ["dev"]);
    }).toThrow(/found "prod", allowed: dev/);
  });
});
