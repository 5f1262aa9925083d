import { resolve } from "node:path";

/** The package of the page. */
export const previewFolder = resolve(__dirname, "..");
/** What its build makes. */
export const distFolder = resolve(previewFolder, "dist");
