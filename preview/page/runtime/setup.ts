import { createTheme, EventBusSrv, type PanelPlugin } from "@grafana/data";
import { initPluginTranslations } from "@grafana/i18n";
import { config, setAppEvents, setPluginImportUtils, setRunRequest, setTemplateSrv } from "@grafana/runtime";
import { registerRuntimeDataSource } from "@grafana/scenes";
import { importPanel } from "../panels";
import { PrometheusDataSource } from "../prometheus/data-source";
import type { PreviewSettings } from "../site/api";
import { setDataSource } from "./data-sources";
import { initFieldOptions } from "./field-options";
import { runRequest } from "./run-request";

const loaded = new Map<string, PanelPlugin>();

/** Puts in what Grafana's libraries expect of the application around them. Once, before anything is drawn. */
export async function setUp(settings: PreviewSettings): Promise<void> {
  setTheme("dark");
  setAppEvents(new EventBusSrv());
  setRunRequest(runRequest as never);
  setTemplateSrv({
    getVariables: () => [],
    replace: (text) => text ?? "",
    containsTemplate: () => false,
    updateTimeRange: () => undefined,
  });
  setPluginImportUtils({
    getPanelPluginFromCache: (id) => loaded.get(id),
    importPanelPlugin: async (id) => {
      const plugin = await importPanel(id);
      loaded.set(id, plugin);
      return plugin;
    },
  });
  initFieldOptions();
  await initPluginTranslations("grafana-scenes");
  const dataSource = new PrometheusDataSource(settings);
  setDataSource(dataSource);
  registerRuntimeDataSource({ dataSource });
}

/** The theme that what is drawn from now on has. */
export function setTheme(mode: "light" | "dark"): typeof config.theme2 {
  config.theme2 = createTheme({ colors: { mode } });
  return config.theme2;
}
