import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { edgePlace } from "../../../constructs/docker/edge";
import { renderEdgeConfiguration } from "../../../constructs/docker/edge-configuration";
import { edgeConfigurationOf } from "../../../stacks/edge-sites";
import type { Edit } from "../../support/edit";
import { caddyProgram } from "../../support/edge";
import { oidcInput, withEdge } from "../../support/edge-environment";
import { parseEnvironment } from "../../support/environments";
import { describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";

const folder = temporaryFolder();
const acme: Edit = ["edge.certificates", { kind: "acme", email: "ops@example.com" }];

describeWith([caddyProgram], "Configuration of an edge with certificates by ACME", () => {
  const verdictOf = (change: (text: string) => string, ...edits: readonly Edit[]) => {
    const environment = parseEnvironment(withEdge(acme, ...edits), "prod.ts");
    if (!environment.edge) throw new Error("No edge.");
    const own = folder();
    const place = { ...edgePlace, dataPath: own, hashPathOf: (user: string) => join(own, user) };
    for (const user of ["alice", "ci"]) {
      // Of no password: it is read, and asked for by nobody.
      writeFileSync(place.hashPathOf(user), `$2a$10$${"a".repeat(53)}`);
    }
    const text = renderEdgeConfiguration(edgeConfigurationOf(environment, environment.edge), place);
    writeFileSync(join(own, "caddy.json"), change(text));
    try {
      execFileSync("caddy", ["validate", "--config", join(own, "caddy.json")], { stdio: "pipe" });
      return "valid";
    } catch (error) {
      return String((error as { readonly stderr?: unknown }).stderr);
    }
  };

  it.each<[string, readonly Edit[]]>([
    ["with users", []],
    ["with logins by OpenID Connect, too", [["edge.oidc", oidcInput]]],
    [
      "with logins by OpenID Connect alone",
      [
        ["edge.oidc", oidcInput],
        ["edge.users", undefined],
      ],
    ],
    ["of another authority", [["edge.certificates.directory", "https://ca.example.com/directory"]]],
  ])("is taken by Caddy %s", (_, edits) => {
    expect(verdictOf((text) => text, ...edits)).toBe("valid");
  });

  it("is looked at by Caddy", () => {
    expect(verdictOf((text) => text.replace('"module": "acme"', '"module": "acne"'))).toContain("acne");
  });
});
