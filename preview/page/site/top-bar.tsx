import { Icon } from "@grafana/ui";
import { useSite } from "./site";

/** The way back to the list, and whose dashboards these are. */
export function TopBar({
  mode,
  children,
}: {
  readonly mode: "light" | "dark";
  readonly children?: React.ReactNode;
}) {
  const { content, search, navigate, path } = useSite();
  const theme = new URLSearchParams(search).get("theme");
  const list = theme === null ? "/dashboards" : `/dashboards?theme=${theme}`;
  const other = mode === "dark" ? "light" : "dark";
  const switchTheme = () => {
    const query = new URLSearchParams(search);
    query.set("theme", other);
    navigate(`${path}?${query.toString()}`);
  };
  return (
    <header className="top-bar">
      <a
        href={list}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          navigate(list);
        }}
      >
        <Icon name="apps" /> Dashboards
      </a>
      {content.environment && <span className="environment">{content.environment}</span>}
      <span className="space" />
      {children}
      <button type="button" className="control" onClick={switchTheme}>
        {other === "light" ? "Light" : "Dark"}
      </button>
    </header>
  );
}
