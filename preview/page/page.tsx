import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import "uplot/dist/uPlot.min.css";
import { DashboardPage } from "./dashboard/dashboard-page";
import { ListPage } from "./list/list-page";
import { setUp } from "./runtime/setup";
import { nameElements } from "./site/accessible-names";
import { fetchContent, listen, type Content } from "./site/api";
import "./site/page.css";
import { SiteProvider, useSite } from "./site/site";
import { Themed, useMode } from "./site/theme";
import { TopBar } from "./site/top-bar";

function Page({
  revisions,
  status,
}: {
  readonly revisions: Readonly<Record<string, number>>;
  readonly status?: string;
}) {
  const { path, kiosk, content } = useSite();
  const mode = useMode();
  const uid = /^\/d\/([^/]+)/.exec(path)?.[1];
  return (
    <Themed mode={mode}>
      {!kiosk && <TopBar mode={mode}>{status && <span role="status">{status}</span>}</TopBar>}
      {content.problem && (
        <div role="alert" className="problem">
          <strong>The dashboards do not compile; this is what was last good.</strong>
          <pre>{content.problem}</pre>
        </div>
      )}
      {uid === undefined ? (
        <ListPage />
      ) : (
        <DashboardPage
          key={uid}
          uid={decodeURIComponent(uid)}
          mode={mode}
          revision={revisions[decodeURIComponent(uid)] ?? 0}
        />
      )}
    </Themed>
  );
}

function Live({ first }: { readonly first: Content }) {
  const [content, setContent] = useState(first);
  const [revisions, setRevisions] = useState<Readonly<Record<string, number>>>({});
  const [status, setStatus] = useState<string>();
  useEffect(() => {
    const again = () =>
      void fetchContent().then(
        // The settings stay the same object, as panels are made of them.
        (next) => setContent((before) => ({ ...next, settings: before.settings })),
        () => undefined,
      );
    let missed = false;
    const bump = (uids: readonly string[]) =>
      setRevisions((before) => ({
        ...before,
        ...Object.fromEntries(uids.map((uid) => [uid, (before[uid] ?? 0) + 1])),
      }));
    return listen({
      changed: (uids) => {
        bump(uids);
        again();
      },
      problem: (problem) =>
        setContent(({ problem: _before, ...rest }) => (problem ? { ...rest, problem } : rest)),
      connected: (connected) => {
        setStatus(connected ? undefined : "Not connected, trying again.");
        // What changed meanwhile was not told.
        if (connected && missed) {
          bump(first.dashboards.map(({ uid }) => uid));
          again();
        }
        missed = !connected;
      },
      ended: () => setStatus("The preview has ended."),
    });
  }, [first]);
  return (
    <SiteProvider content={content}>
      <Page revisions={revisions} {...(status !== undefined && { status })} />
    </SiteProvider>
  );
}

async function start(): Promise<void> {
  nameElements(document.body);
  const root = createRoot(document.getElementById("page") ?? document.body);
  try {
    const content = await fetchContent();
    await setUp(content.settings);
    root.render(
      <>
        <Live first={content} />
      </>,
    );
  } catch (error) {
    root.render(<p role="alert">{error instanceof Error ? error.message : String(error)}</p>);
  }
}

void start();
