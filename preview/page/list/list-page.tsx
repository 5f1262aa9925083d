import { useEffect } from "react";
import { useSite } from "../site/site";

/** All dashboards by their folders. */
export function ListPage() {
  const { content, navigate, search } = useSite();
  useEffect(() => {
    document.title = "Dashboards";
  }, []);
  const folders = [...new Set(content.dashboards.map(({ folder }) => folder))];
  const theme = new URLSearchParams(search).get("theme");
  return (
    <main className="list">
      <h1>Dashboards</h1>
      {content.dashboards.length === 0 && <p>There are none.</p>}
      {folders.map((folder) => (
        <section key={folder}>
          {folder && <h2>{folder}</h2>}
          <ul>
            {content.dashboards
              .filter((each) => each.folder === folder)
              .map(({ uid, title, description }) => {
                const href = `/d/${encodeURIComponent(uid)}${theme === null ? "" : `?theme=${theme}`}`;
                return (
                  <li key={uid}>
                    <a
                      href={href}
                      onClick={(event) => {
                        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                        event.preventDefault();
                        navigate(href);
                      }}
                    >
                      {title}
                    </a>
                    {description && <p>{description}</p>}
                  </li>
                );
              })}
          </ul>
        </section>
      ))}
    </main>
  );
}
