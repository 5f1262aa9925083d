// Writes lib/: the bindings of schema.json, compiled. Runs with `npm ci`, before anything of the project is compiled,
// and so is plain JavaScript.
import { mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

// The generator would otherwise call its vendor's telemetry. It also asks `terraform version`, whose complaints about
// a configuration file are no concern of this.
process.env.CHECKPOINT_DISABLE = "1";
delete process.env.TF_CLI_CONFIG_FILE;
const { CodeMaker, TerraformProviderGenerator } = await import("@cdktf/provider-generator");
const { ConstructsMakerProviderTarget, Language, TerraformProviderConstraint } =
  await import("@cdktf/commons");

const folder = fileURLToPath(new URL(".", import.meta.url));
const { source, version, provider, resource_schemas } = JSON.parse(
  readFileSync(join(folder, "schema.json"), "utf8"),
);

async function main() {
  const fullName = `registry.terraform.io/${source}`;
  const schema = {
    format_version: "1.0",
    provider_schemas: { [fullName]: { provider, resource_schemas } },
    provider_versions: { [fullName]: version },
  };
  const constraint = new TerraformProviderConstraint(`${source}@${version}`);
  const code = new CodeMaker();
  code.indentation = 2;
  new TerraformProviderGenerator(code, schema).generate(
    new ConstructsMakerProviderTarget(constraint, Language.TYPESCRIPT),
  );

  // Everything is made beside lib/ and moved there at the end: a failure leaves no half of it.
  const work = mkdtempSync(join(folder, ".generated-"));
  try {
    await code.save(join(work, "ts"));
    compile(join(work, "ts", "providers", "grafana"), join(work, "lib"));
    rmSync(join(folder, "lib"), { recursive: true, force: true });
    renameSync(join(work, "lib"), join(folder, "lib"));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  const resources = Object.keys(resource_schemas).length;
  console.log(`@cdktf/provider-grafana: bindings of ${resources} resources of ${source} ${version} in lib/`);
}

function compile(from, to) {
  const files = ts.sys.readDirectory(from, [".ts"]);
  const options = {
    rootDir: from,
    outDir: to,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    declaration: true,
    strict: true,
    skipLibCheck: true,
    types: ["node"],
  };
  const program = ts.createProgram(files, options);
  const { diagnostics } = program.emit();
  const errors = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (errors.length > 0) {
    throw new Error(
      ts.formatDiagnostics(errors, {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => from,
        getNewLine: () => "\n",
      }),
    );
  }
}

main().catch((error) => {
  console.error(`providers/grafana: the bindings could not be generated.\n${error.message}`);
  process.exitCode = 1;
});
