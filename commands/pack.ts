import "../operations/terminal/load-failure";
import { join, relative } from "node:path";
import { CommandError, run } from "../operations/terminal/command";
import { parseOptions } from "../operations/terminal/options";
import { pack } from "../review/package/pack";

const root = join(__dirname, "..");
const help = `Makes the package that other teams install: the constructs, the catalogue and its queries, rules, dashboards, both linters, the instrumentation and the bindings of the Grafana provider. Its tarball is then in dist/; docs/package.md says how to use it.

npm run pack
  --help    print this text`;

run(help, (args) => {
  parseOptions({ args, options: {} });
  const { path, files, size, unpackedSize } = packed();
  const kilobytes = (bytes: number) => `${String(Math.round(bytes / 1000))} kB`;
  console.log(
    `${relative(root, path)}: ${String(files.length)} files, ${kilobytes(size)}, unpacked ${kilobytes(unpackedSize)}`,
  );
});

function packed() {
  try {
    return pack(root, join(root, "dist"));
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}
