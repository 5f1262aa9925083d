import { html, type Html } from "../../../services/platform/page/html";
import type { Box, DashboardChange, LooksPart, PanelChange, Picture, RouteTarget } from "../data/looks";
import { many } from "../words";
import { messagePairs } from "./messages";
import { bullets, changeSign, folded, table, withCode } from "./pieces";

const proofSigns = { proven: "✓ proven", refuted: "✗ refuted", "not proven": "▲ not proven" } as const;
const proofStates = { proven: "same", refuted: "block", "not proven": "warn" } as const;

/** What it looks like: dashboards, messages, who is told. */
export function looksSection(
  { dashboards, messages, routing, proofs, notes }: LooksPart,
  zone: string,
): Html {
  return html`${bullets(notes.map(withCode))}
    <h3>Dashboards</h3>
    ${
      dashboards.length === 0
        ? html`<p>None looks different.</p>`
        : html`<div class="folds">${dashboards.map(dashboardFold)}</div>`
    }
    <h3>Messages whose text changes</h3>
    ${messages.length === 0 ? html`<p>None.</p>` : messagePairs(messages, zone)}
    <h3>Who is told</h3>
    ${bullets(
      proofs.map(
        ({ verdict, sentence }) =>
          html`<strong class="sign" data-state="${proofStates[verdict]}">${proofSigns[verdict]}</strong>
            ${sentence}`,
      ),
      "proofs",
    )}
    ${
      routing.length === 0
        ? html`<p>Each alert reaches whom it reached before.</p>`
        : table(
            "Routes that change",
            ["Alert", "Labels", "Before", "After"],
            routing.map(({ alert, labels, before, after }) => [
              alert,
              labels,
              targets(before, after, "del"),
              targets(after, before, "ins"),
            ]),
          )
    }`;
}

/** Receivers of a route, those marked that the other has not. */
function targets(mine: readonly RouteTarget[], others: readonly RouteTarget[], mark: "ins" | "del"): Html {
  if (mine.length === 0) return html`<strong>nobody</strong>`;
  const said = ({ receiver, when }: RouteTarget) => (when === undefined ? receiver : `${receiver} (${when})`);
  const known = others.map(said);
  return html`${mine.map((target, index) => {
    const text = said(target);
    const shown = known.includes(text)
      ? html`${text}`
      : mark === "ins"
        ? html`<ins>${text}</ins>`
        : html`<del>${text}</del>`;
    return html`${index > 0 ? ", " : ""}${shown}`;
  })}`;
}

function dashboardFold({ uid, title, change, panels, before, after }: DashboardChange): Html {
  const pictures =
    before || after
      ? picturesOf(uid, title, panels, before, after)
      : html`<p class="quiet">No picture of it.</p>`;
  return folded(
    html`<span class="name">${title}</span> ${changeSign(change)}
      <span class="quiet">${many(panels.length, "panel")}</span>`,
    html`${
      panels.length === 0
        ? undefined
        : table(
            `Panels of ${title}`,
            ["Panel", "Change", "What is different"],
            panels.map((panel) => [panel.title, changeSign(panel.change), bullets(panel.what, "what")]),
          )
    }
    ${pictures}`,
    true,
  );
}

/** Pictures beside one another, or one at a time by choice; no script is needed for it. */
function picturesOf(
  uid: string,
  title: string,
  panels: readonly PanelChange[],
  before: Picture | undefined,
  after: Picture | undefined,
): Html {
  const choice = (value: string, label: string, isFirst = false) =>
    html`<label
      ><input
        type="radio"
        name="view-${uid}"
        value="${value}"
        ${isFirst ? html`checked` : undefined}
      />${label}</label
    >`;
  return html`<div class="pictures">
    ${
      before && after
        ? html`<fieldset>
            <legend class="visually-hidden">Which pictures of ${title} to show</legend>
            ${choice("both", "beside one another", true)} ${choice("before", "before")}
            ${choice("after", "after")}
          </fieldset>`
        : undefined
    }
    <div class="pair">
      ${pictureOf("before", title, before, panels)} ${pictureOf("after", title, after, panels)}
    </div>
  </div>`;
}

function pictureOf(
  side: "before" | "after",
  title: string,
  picture: Picture | undefined,
  panels: readonly PanelChange[],
): Html {
  const label = side === "before" ? "Before" : "After";
  if (!picture) return html`<p class="side" data-side="${side}">${label}: no picture.</p>`;
  const { uri, width, height } = picture;
  return html`<figure class="picture" data-side="${side}">
    <figcaption class="side" data-side="${side}">${label}</figcaption>
    <div class="frame">
      <img src="${uri}" width="${width}" height="${height}" alt="${title}, ${side}" />
      ${panels.map((panel) => boxOf(panel[side], panel))}
    </div>
  </figure>`;
}

function boxOf(box: Box | undefined, { title, change }: PanelChange): Html | undefined {
  if (!box) return undefined;
  const { left, top, width, height } = box;
  const place = `left:${String(left)}%;top:${String(top)}%;width:${String(width)}%;height:${String(height)}%`;
  return html`<div class="box" style="${place}" title="${title}">${changeSign(change)}</div>`;
}
