import { sceneGraph, type SceneObject } from "@grafana/scenes";
import { Icon } from "@grafana/ui";
import { useSite } from "../site/site";
import type { ClassicLink } from "./classic";
import { withChoices } from "./link-url";

/** Links to other dashboards, with the time and the choices that were made. */
export function DashboardLinks({
  scene,
  links,
}: {
  readonly scene: SceneObject;
  readonly links: readonly ClassicLink[];
}) {
  const { navigate, content, search } = useSite();
  // Each choice renders this anew, so that the addresses are those of now.
  sceneGraph.getTimeRange(scene).useState();
  for (const variable of sceneGraph.getVariables(scene).state.variables) variable.useState();
  const byTags = links.some(({ type }) => type === "dashboards");
  const all = links.flatMap((link) =>
    link.type === "dashboards"
      ? content.dashboards.map(({ uid, title }) => ({ ...link, title, url: `/d/${uid}` }))
      : [link],
  );
  return (
    <nav className="links" aria-label={byTags ? "Dashboards" : "Other dashboards"}>
      {all.map((link, index) => {
        const url = sceneGraph.interpolate(scene, link.url ?? "");
        const href = withChoices(url, search, link);
        const isOwn = href.startsWith("/d/");
        return (
          <a
            key={index}
            href={href}
            title={link.tooltip}
            {...(link.targetBlank && { target: "_blank", rel: "noreferrer" })}
            onClick={(event) => {
              if (!isOwn || link.targetBlank || event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              navigate(href);
            }}
          >
            <Icon name={isOwn ? "apps" : "external-link-alt"} size="sm" /> {link.title}
          </a>
        );
      })}
    </nav>
  );
}
