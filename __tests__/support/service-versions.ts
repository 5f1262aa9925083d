import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Demo, DemoOptions } from "../../demo/demo";
import { byProgram, type ServiceProgram } from "../../services/programs";

/** Services of a demo that are deployed from one version of the project after the other, each by itself. */
export class ServiceVersions {
  /**
   * @param folder has a link for each service to the version that it runs
   * @param first folder of the version with which all begin
   */
  constructor(
    private readonly folder: string,
    first: string,
  ) {
    byProgram((service) => {
      symlinkSync(first, join(folder, service));
    });
  }

  /** What the demo starts in the place of its own services. */
  get instead(): NonNullable<DemoOptions["instead"]> {
    return byProgram((service) => {
      const version = join(this.folder, service);
      return {
        command: process.execPath,
        args: ["--require", require.resolve("tsx/cjs"), join(version, "services", service, "main.ts")],
        cwd: version,
      };
    });
  }

  /** Starts a service anew, of another version, at the same address; resolves when it is ready. */
  async deploy(demo: Demo, service: ServiceProgram, version: string): Promise<void> {
    const link = join(this.folder, service);
    rmSync(link);
    symlinkSync(version, link);
    await demo.program(service).restart();
  }
}
