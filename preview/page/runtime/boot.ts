// What Grafana's libraries read of the window while they are loaded. It is imported first of all.

const own = window as unknown as Record<string, unknown>;
own.__grafana_public_path__ = "/public/";
own.grafanaBootData = { user: {}, settings: { buildInfo: { version: "1.0" } }, navTree: [], themePaths: {} };
// Else zod tries whether code may be made of text, which the page's policy refuses and the browser reports.
(globalThis as unknown as Record<string, unknown>).__zod_globalConfig = { jitless: true };

export {};
