import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const icons = join(here, "node_modules/@grafana/ui/dist/public/img/icons");
const page = (path: string) => join(here, "page", path);

const icon = (path: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="${path}"/></svg>`;

/** Icons that `@grafana/ui` asks for and does not have. */
const missingIcons: Readonly<Record<string, string>> = {
  "unicons/angle-double-left": icon("M11 7l-5 5 5 5M18 7l-5 5 5 5"),
  "unicons/sync-slash": icon(
    "M4 12a8 8 0 0 1 13-6l2 2M20 12a8 8 0 0 1-13 6l-2-2M19 4v4h-4M5 20v-4h4M3 3l18 18",
  ),
};

/** What `@grafana/ui` asks for by address below `/public/`: its icons, and fonts under Grafana's own names. */
function publicFiles(): Plugin {
  const fonts: Readonly<Record<string, string>> = {
    "inter/Inter-Regular.woff2": "inter/files/inter-latin-400-normal.woff2",
    "inter/Inter-Medium.woff2": "inter/files/inter-latin-500-normal.woff2",
    "inter/Inter-Italic.woff2": "inter/files/inter-latin-400-italic.woff2",
    "inter/Inter-MediumItalic.woff2": "inter/files/inter-latin-500-italic.woff2",
    "roboto/L0xTDF4xlVMF-BfR8bXMIhJHg45mwgGEFl0_3vrtSM1J-gEPT5Ese6hmHSh0mQ.woff2":
      "roboto-mono/files/roboto-mono-latin-400-normal.woff2",
  };
  return {
    name: "public-files",
    generateBundle() {
      const emit = (fileName: string, path: string) =>
        this.emitFile({ type: "asset", fileName, source: readFileSync(path) });
      for (const path of readdirSync(icons, { recursive: true, encoding: "utf8" }))
        if (path.endsWith(".svg")) emit(`public/build/img/icons/${path}`, join(icons, path));
      for (const [name, source] of Object.entries(missingIcons))
        this.emitFile({ type: "asset", fileName: `public/build/img/icons/${name}.svg`, source });
      for (const [name, path] of Object.entries(fonts))
        emit(`public/fonts/${name}`, join(here, "node_modules/@fontsource", path));
    },
  };
}

export default defineConfig({
  root: page(""),
  base: "/",
  publicDir: false,
  plugins: [publicFiles()],
  resolve: {
    alias: [
      { find: "@grafana/plugin-compat/datasources", replacement: page("runtime/data-sources.ts") },
      // Grafana's libraries use three versions of it, and of each only what all of them have.
      {
        find: /^react-router-dom(-v5-compat)?$/,
        replacement: join(here, "node_modules/react-router-dom/dist/index.js"),
      },
      // All time zones of all times are 715 kB; ten years of them are what a dashboard shows.
      {
        find: /^moment-timezone$/,
        replacement: require.resolve("moment-timezone/builds/moment-timezone-with-data-10-year-range.js"),
      },
    ],
    dedupe: ["react", "react-dom", "rxjs"],
  },
  build: {
    outDir: join(here, "dist"),
    emptyOutDir: true,
    assetsDir: "preview/assets",
    target: "es2022",
    sourcemap: false,
    reportCompressedSize: false,
    rolldownOptions: {
      // Directives of frameworks for servers, which mean nothing here.
      onLog: (level, log, report) => (log.code === "MODULE_LEVEL_DIRECTIVE" ? undefined : report(level, log)),
    },
    chunkSizeWarningLimit: 5000,
  },
});
