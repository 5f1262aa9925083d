import "../operations/terminal/load-failure";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareSchemas, type ProviderSchema } from "../providers/grafana/compare-schemas";
import { run, CommandError } from "../operations/terminal/command";
import { parseOptions } from "../operations/terminal/options";
import { indent, terraform } from "../operations/terraform/terraform";

const help = `Compares providers/grafana/schema.json, of which the Grafana bindings are made, with the real provider's schema.

npm run providers:check [-- --schema FILE]
  --schema FILE    what \`terraform providers schema -json\` printed elsewhere; default: ask Terraform here
  --help           print this text

Exit status: 0 they agree, 1 they differ, 2 the provider cannot be had here and nothing was compared.`;

interface OwnSchema extends ProviderSchema {
  readonly source: string;
  readonly version: string;
}

run(help, async (args) => {
  const { schema } = parseOptions({ args, options: { schema: { type: "string" } } }).values;
  const own = JSON.parse(readFileSync("providers/grafana/schema.json", "utf8")) as OwnSchema;
  const name = `${own.source} ${own.version}`;
  const text = schema === undefined ? await askTerraform(own) : readFileSync(schema, "utf8");
  if (text === undefined) return;
  const { provider_schemas: schemas = {} } = JSON.parse(text) as {
    provider_schemas?: Record<string, ProviderSchema>;
  };
  const real = Object.entries(schemas).find(([source]) => source.endsWith(`/${own.source}`))?.[1];
  if (!real) throw new CommandError(`There is no schema of ${own.source} in what Terraform printed.`);
  const differences = compareSchemas(own, real);
  if (differences.length > 0) {
    throw new CommandError(
      `providers/grafana/schema.json differs from ${name}:\n${indent(differences.join("\n"))}`,
    );
  }
  const count = Object.keys(own.resource_schemas).length;
  console.log(
    `providers/grafana/schema.json agrees with ${name}: the provider and ${String(count)} resources.`,
  );
});

/** The provider's schema, or undefined with exit status 2 where the provider cannot be had. */
async function askTerraform({ source, version }: OwnSchema): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "providers-check-"));
  try {
    const required_providers = { checked: { source, version } };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers } }));
    const init = await terraform(folder, ["init", "-input=false", "-no-color"]);
    if (init.status !== 0) {
      console.error(
        `NOT CHECKED: terraform init could not get ${source} ${version} here.\n${indent(init.output)}\n` +
          "Run this where the Terraform registry or a mirror of it can be reached.",
      );
      process.exitCode = 2;
      return undefined;
    }
    const schema = await terraform(folder, ["providers", "schema", "-json"]);
    if (schema.status !== 0)
      throw new CommandError(`terraform providers schema failed:\n${indent(schema.output)}`);
    return schema.output;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
