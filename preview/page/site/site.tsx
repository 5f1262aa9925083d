import { locationService, LocationServiceProvider } from "@grafana/runtime";
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { Router } from "react-router-dom";
import type { Content } from "./api";

/** What all of the page knows. */
export interface Site {
  readonly content: Content;
  readonly path: string;
  readonly search: string;
  /** Whether the bars are hidden. */
  readonly kiosk: boolean;
  /** Id of the one panel that is shown. */
  readonly viewPanel?: string;
  readonly navigate: (href: string) => void;
}

const Context = createContext<Site | undefined>(undefined);

export function useSite(): Site {
  const site = useContext(Context);
  if (site === undefined) throw new Error("There is no site around this.");
  return site;
}

/** The page's address, for all that stands in it. */
export function SiteProvider({
  content,
  children,
}: {
  readonly content: Content;
  readonly children: ReactNode;
}) {
  const history = locationService.getHistory();
  const [location, setLocation] = useState(history.location);
  useEffect(() => history.listen((next: typeof history.location) => setLocation(next)), [history]);
  const site = useMemo((): Site => {
    const query = new URLSearchParams(location.search);
    const viewPanel = query.get("viewPanel")?.replace(/^panel-/, "");
    return {
      content,
      path: location.pathname,
      search: location.search,
      kiosk: query.has("kiosk"),
      ...(viewPanel !== undefined && { viewPanel }),
      navigate: (href) => {
        locationService.push(href);
        window.scrollTo(0, 0);
      },
    };
  }, [content, location]);
  return (
    <Context.Provider value={site}>
      <LocationServiceProvider service={locationService}>
        <Router location={location} navigator={history as never}>
          {children}
        </Router>
      </LocationServiceProvider>
    </Context.Provider>
  );
}
