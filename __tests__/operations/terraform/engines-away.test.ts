import { enginesAway } from "../../../operations/terraform/engines-away";

/** What Terraform 1.11 says with the Docker provider 3.6.2, as the commands print it. */
const away = (host: string, alias = "") =>
  `error: provider["registry.terraform.io/kreuzwerker/docker"]${alias}: Error pinging Docker server, ` +
  `please make sure that ${host} is reachable and has a  '_ping' endpoint. Error: Cannot connect`;

describe("engines that are away", () => {
  it("are named by their addresses, those of other machines by the machine too", () => {
    const said = [
      away("unix:///var/run/docker.sock"),
      away("ssh://deploy@db.example.com:22", ".db-1"),
      away("tcp://10.0.0.6:2375", ".db-2"),
      away("tcp://10.0.0.6:2375", ".db-2"),
    ];
    expect(enginesAway(said.join("\n"))).toBe(
      "unix:///var/run/docker.sock, ssh://deploy@db.example.com:22 (machine db-1), tcp://10.0.0.6:2375 (machine db-2)",
    );
  });

  it("are none where Terraform says something else", () => {
    expect(enginesAway("Error: network with name monitoring-network already exists")).toBeUndefined();
  });
});
