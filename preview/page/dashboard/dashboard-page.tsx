import { UrlSyncContextProvider } from "@grafana/scenes";
import { useEffect, useRef, useState } from "react";
import { fetchDashboard, type DashboardAnswer, type DashboardJson } from "../site/api";
import { useSite } from "../site/site";
import { sceneOf, type PreviewScene } from "./scene";

/** The dashboard of the address. `revision` grows when its sources have changed. */
export function DashboardPage({
  uid,
  mode,
  revision,
}: {
  readonly uid: string;
  readonly mode: string;
  readonly revision: number;
}) {
  const { content } = useSite();
  const [answer, setAnswer] = useState<DashboardAnswer>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    let current = true;
    fetchDashboard(uid).then(
      (next) => {
        if (!current) return;
        setFailure(undefined);
        setAnswer((before) => (before && JSON.stringify(before) === JSON.stringify(next) ? before : next));
      },
      (error: unknown) => current && setFailure(messageOf(error)),
    );
    return () => {
      current = false;
    };
  }, [uid, revision]);

  const [scene, setScene] = useState<PreviewScene>();
  const before = useRef<{ readonly scene: PreviewScene; readonly mode: string }>(undefined);
  useEffect(() => {
    if (answer === undefined) return;
    let current = true;
    const draw = async () => {
      const isKnown = await transformationsOf(answer.dashboard);
      if (!current) return;
      const old = before.current?.mode === mode ? before.current.scene : undefined;
      const next = sceneOf({ answer, settings: content.settings, isKnown, ...(old && { before: old }) });
      before.current = { scene: next, mode };
      setScene(next);
      document.title = `${next.state.title} - Dashboards`;
    };
    draw().catch((error: unknown) => current && setFailure(`It cannot be drawn: ${messageOf(error)}`));
    return () => {
      current = false;
    };
  }, [answer, mode, content.settings]);

  if (failure !== undefined)
    return (
      <main className="list">
        <h1>{uid}</h1>
        <p role="alert">{failure}</p>
      </main>
    );
  if (scene === undefined) return <main className="list" aria-busy="true" />;
  return (
    <UrlSyncContextProvider scene={scene} updateUrlOnInit={false} createBrowserHistorySteps>
      <scene.Component model={scene} />
    </UrlSyncContextProvider>
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Tells which transformations are made; they are loaded where a dashboard has some. */
async function transformationsOf(dashboard: DashboardJson): Promise<(id: string) => boolean> {
  if (!JSON.stringify(dashboard).includes('"transformations":[{')) return () => false;
  const { initTransformations, isKnown } = await import("../runtime/transformations");
  initTransformations();
  return isKnown;
}
