import { watchedOf } from "../../../stacks/system";
import { costPartOf } from "../../../review/parts/cost-part";
import { describeVolume } from "../../../review/version/describe-volume";
import type { Version } from "../../../review/version/version";
import { loadEnvironments } from "../../support/environments";

const [environment] = loadEnvironments("prod");
if (environment === undefined) throw new Error("There is no environment prod.");
const version = { volume: describeVolume(watchedOf(environment)) } as Version;

it("says what the version leaves out that the Prometheus still has", () => {
  const job = {
    job: "depot",
    targets: 1,
    isDiscovered: false,
    storesAllBut: ["parcels_.*"],
    series: [],
  };
  const after = { ...version, volume: { ...version.volume, jobs: [job] } };
  const series = ["parcels_lost", "parcels_sent", "vans"].map((name, index) => ({ name, count: index + 1 }));
  const measured = { at: "http://localhost:9090", jobs: [{ job: "depot", targets: 1, series }] };
  const { notes, unused } = costPartOf(version, after, { measured });
  expect(unused.map(({ metric }) => metric)).toEqual(["vans"]);
  expect(notes).toContain(
    "Of the job depot this version leaves out 3 series that the Prometheus still has and nothing reads; they go when it is deployed: parcels_lost and parcels_sent.",
  );
  expect(costPartOf(version, after, { measured, foreignReads: ["vans"] }).unused).toEqual([]);
});
