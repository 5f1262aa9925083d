import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { partsOf } from "../../../operations/backup/parts";
import { synthesizeEnvironments } from "../../support/synth";
import { temporaryFolder } from "../../support/temporary-folder";

const makeFolder = temporaryFolder();
const files = synthesizeEnvironments();

function stack(name: string, edit: (text: string) => string = (text) => text) {
  const folder = join(makeFolder(), name);
  mkdirSync(folder);
  writeFileSync(join(folder, "cdk.tf.json"), edit(files.get(`stacks/${name}/cdk.tf.json`) ?? ""));
  return { name, dependencies: [], folder, resources: 0, variables: [] };
}

const named = (parts: ReturnType<typeof partsOf>) =>
  parts.map(({ name, container, volume, path }) => [name, container, volume, path]);

it("finds what keeps data in the stacks, each Alertmanager of two", () => {
  expect(named(partsOf([stack("prod-docker"), stack("prod-alertmanager")]))).toEqual([
    ["grafana", "prod-grafana", "prod-grafana-data", "/var/lib/grafana"],
    ["prometheus", "prod-prometheus", "prod-prometheus-data", "/prometheus"],
    ["alertmanager", "prod-alertmanager", "prod-alertmanager-data", "/alertmanager"],
    ["alertmanager-2", "prod-alertmanager-2", "prod-alertmanager-2-data", "/alertmanager"],
  ]);
});

it("leaves out a Prometheus that only sends its samples on, whatever its container is called", () => {
  const agent = (text: string) => text.replaceAll("--storage.tsdb.path=", "--storage.agent.path=");
  expect(partsOf([stack("prod-docker", agent)]).map(({ program }) => program)).toEqual(["grafana"]);
  const renamed = (text: string) => text.replaceAll('"name": "prometheus', '"name": "prod-prometheus');
  expect(named(partsOf([stack("prod-docker", renamed)]))).toContainEqual([
    "prometheus",
    "prod-prometheus",
    "prod-prometheus-data",
    "/prometheus",
  ]);
});
