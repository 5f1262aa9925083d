import { z } from "zod";
import { limits, pinnedImage } from "../../constructs/docker/container-settings";
import type { ExporterProgram } from "../../constructs/docker/exporter-program";
import { type ExporterKey, exporterKeys, exporterPrograms } from "../../constructs/docker/exporters";

function settingsOf(program: ExporterProgram) {
  return z.strictObject({
    ...program.settings,
    /** Default: the program's own. */
    limits: limits.default(program.limits),
  });
}

type Shape<P> = { limits: z.ZodDefault<typeof limits> } & (P extends { readonly settings: infer Own }
  ? Own
  : unknown);
type Settings<P> = z.ZodObject<Shape<P>, z.core.$strict>;
type Standard<P> = P extends { readonly isStandard: true } ? true : false;

/** What an environment can say of each exporter. */
type ExporterShape = {
  readonly [K in ExporterKey]: Standard<(typeof exporterPrograms)[K]> extends true
    ? z.ZodPrefault<Settings<(typeof exporterPrograms)[K]>>
    : z.ZodOptional<Settings<(typeof exporterPrograms)[K]>>;
};

/** What an environment says of its exporters, by their name. Those that are not in each environment are there if named. */
export const exporterShape = Object.fromEntries(
  exporterKeys.map((key) => {
    const program: ExporterProgram = exporterPrograms[key];
    const settings = settingsOf(program);
    return [key, program.isStandard === true ? settings.prefault({}) : settings.optional()];
  }),
) as unknown as ExporterShape;

/** Their images. Default: that of the program. */
export const exporterImages = Object.fromEntries(
  exporterKeys.map((key) => [key, pinnedImage.default(exporterPrograms[key].image)]),
) as Record<ExporterKey, z.ZodDefault<typeof pinnedImage>>;
