import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentNames } from "../../support/environments";
import { Protection } from "../../../operations/terraform/protection";
import { synthesizeEnvironments } from "../../support/synth";
import { temporaryFolder } from "../../support/temporary-folder";

const makeFolder = temporaryFolder();
const files = synthesizeEnvironments();

interface Resource {
  readonly name?: string;
  readonly lifecycle?: { readonly prevent_destroy?: boolean };
}

function stack(name: string): string {
  const folder = join(makeFolder(), name);
  mkdirSync(folder);
  writeFileSync(join(folder, "cdk.tf.json"), files.get(`stacks/${name}/cdk.tf.json`) ?? "");
  return folder;
}

function resources(folder: string) {
  const { resource } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as {
    resource: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
  };
  return Object.entries(resource).flatMap(([type, ofType]) =>
    Object.entries(ofType).map(([id, each]) => ({ type, id, address: `${type}.${id}`, ...each })),
  );
}

describe.each(environmentNames)("%s", (environment) => {
  it.each(["docker", "alertmanager"])(
    "protects every volume of %s, at an address that is its name",
    (kind) => {
      const folder = stack(`${environment}-${kind}`);
      const volumes = resources(folder).filter(({ type }) => type === "docker_volume");
      expect(volumes.length).toBeGreaterThan(0);
      for (const { id, name, address, lifecycle } of volumes) {
        expect({ id, lifecycle }).toEqual({
          id: name?.replace(/^\w+-/, ""),
          lifecycle: { prevent_destroy: true },
        });
        expect(Protection.of(folder).keeps(address)).toBe(true);
      }
    },
  );

  it("protects the key of its alarms, and nothing else there", () => {
    const folder = stack(`${environment}-cloudwatch`);
    const kept = resources(folder).filter(({ address }) => Protection.of(folder).keeps(address));
    expect(kept.map(({ type }) => type)).toEqual(["aws_kms_key"]);
  });
});

it("keeps data that a stack no longer describes, and nothing else of that kind", () => {
  const protection = Protection.of(stack("dev-docker"));
  expect(protection.keeps("docker_volume.loki-data")).toBe(true);
  expect(protection.keeps("docker_container.loki")).toBe(false);
});

it("takes over the volumes of a deploy that had another address for them", () => {
  expect(Protection.of(stack("dev-docker")).moves).toEqual([
    { from: "docker_volume.prometheus_data_39C1C252", to: "docker_volume.prometheus-data" },
    { from: "docker_volume.grafana_data_1044B25B", to: "docker_volume.grafana-data" },
    { from: "docker_volume.jaeger_data_6863AA39", to: "docker_volume.jaeger-data" },
  ]);
});

it("is lifted by name alone, and the rest of the stack stays as it is", () => {
  const folder = stack("dev-docker");
  const before = resources(folder).map(({ lifecycle: _, ...rest }) => rest);
  Protection.of(folder).lift();
  expect(readFileSync(join(folder, "cdk.tf.json"), "utf8")).not.toContain("prevent_destroy");
  expect(resources(folder).map(({ lifecycle: _, ...rest }) => rest)).toEqual(before);
});
