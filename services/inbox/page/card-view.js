// A card on the page. What nobody has opened is not drawn.
import { maxListed } from "./card.js";
import { draw, link } from "./draw.js";
import { duration, longTime, shortTime } from "./time.js";

export const signs = { firing: "▲ firing", resolved: "✓ resolved", unknown: "• message" };

const cardTemplate = document.querySelector("#card").content.firstElementChild;
const messageTemplate = document.querySelector("#message").content.firstElementChild;

export class CardView {
  /** @param onRead told when somebody turns to the card */
  constructor(card, onRead) {
    this.card = card;
    this.item = cardTemplate.cloneNode(true);
    this.item.id = card.id;
    this.part(".permalink").href = `#${card.id}`;
    this.details = this.part(".card");
    this.told = this.part(".told");
    this.told.addEventListener("toggle", () => this.listMessages());
    for (const event of ["click", "focusin"]) this.item.addEventListener(event, onRead);
  }

  part(selector) {
    return this.item.querySelector(selector);
  }

  update() {
    const { now } = this.card;
    this.item.dataset.status = now.status;
    this.item.dataset.severity = now.severity ?? "";
    setText(this.part(".card > summary .status"), now.isQuiet ? "• heard" : signs[now.status]);
    setText(this.part(".severity"), now.isQuiet ? "" : (now.severity ?? ""));
    setText(this.part("h3"), now.name);
    const [first] = now.alerts;
    const count = now.alerts.length + now.more;
    const isOne = count === 1;
    const lead = count > 1 ? `${count} alerts: ${first?.summary ?? ""}` : (first?.summary ?? "");
    setText(this.part(".lead"), lead);
    this.part(".lead").hidden = lead === "" || now.name.startsWith(lead);
    const text = isOne ? (first?.description ?? "") : now.text;
    setText(this.part(".text"), text);
    this.part(".text").hidden = text === "" || text === now.name;
    this.listAlerts(isOne ? [] : now.alerts, now.more);
    this.listLinks(now);
    setText(this.told.querySelector("summary"), `Told: ${now.receivers.join(", ")}`);
    this.listMessages();
    this.foldWhenChanged(now);
    this.tick();
  }

  /** What fires is open, everything else is folded; but not while somebody is in it. */
  foldWhenChanged({ status, isQuiet }) {
    const shallOpen = status !== "resolved" && !isQuiet;
    if (this.wasOpen === shallOpen) return;
    if (!shallOpen && this.wasOpen !== undefined && this.item.contains(document.activeElement)) return;
    this.wasOpen = shallOpen;
    this.details.open = shallOpen;
  }

  /** Tells anew how long ago it was. */
  tick(now = Date.now()) {
    const { at, since, status, isQuiet, heardAt } = this.card.now;
    const shown = isQuiet ? heardAt : at;
    const age = duration(now - shown);
    setText(this.part(".age"), status === "firing" && !isQuiet ? `for ${age}` : `${age} ago`);
    const iso = new Date(shown).toISOString();
    if (this.part(".age").dateTime !== iso) {
      this.part(".age").dateTime = iso;
      this.part(".age").title = longTime(new Date(shown));
    }
    setText(this.part(".when"), whenOf(at, since, status));
  }

  listAlerts(alerts, more) {
    const list = this.part(".alerts");
    const key = JSON.stringify([alerts, more]);
    if (this.alertsKey === key) return;
    this.alertsKey = key;
    list.replaceChildren(
      ...alerts.map((alert) => {
        const item = document.createElement("li");
        // Said above.
        item.append(
          line("b", alert.summary === alerts[0].summary ? "" : alert.summary),
          line("span", alert.description),
          line("small", factsOf(alert)),
        );
        return item;
      }),
      ...(more > 0 ? [line("li", `… and ${more} more`)] : []),
    );
    list.hidden = list.children.length === 0;
  }

  listLinks({ links, service }) {
    const key = JSON.stringify([links, service]);
    if (this.linksKey === key) return;
    this.linksKey = key;
    const shown = links.map(({ words, href }) => {
      const node = document.createElement("a");
      node.textContent = words;
      node.className = words === "Runbook" ? "button first" : "button";
      link(node, href);
      return node;
    });
    this.part(".links").replaceChildren(...shown.flatMap((node) => [node, " "]));
    this.part(".links").hidden = shown.length === 0;
  }

  /** The messages, newest first, as soon as somebody wants to see them. */
  listMessages() {
    if (!this.told.open) return;
    const list = this.part(".messages");
    const listed = new Set([...list.children].map((item) => item.dataset.id));
    for (const entry of this.card.entries.slice(-maxListed)) {
      if (!listed.has(entry.id)) list.prepend(messageItem(entry));
    }
    while (list.children.length > maxListed) list.lastElementChild.remove();
  }
}

function whenOf(at, since, status) {
  if (status === "firing") return `Since ${shortTime(new Date(at))}.`;
  if (status !== "resolved") return `Came ${shortTime(new Date(at))}.`;
  const lasted = since === undefined ? "" : `, after ${duration(at - since)}`;
  return `Resolved ${shortTime(new Date(at))}${lasted}.`;
}

function factsOf({ status, labels, since, resolved }) {
  const at = resolved ?? since;
  const time =
    at === undefined ? "" : `${status === "resolved" ? "resolved" : "since"} ${shortTime(new Date(at))}`;
  return [labels, time].filter((each) => each !== undefined && each !== "").join(" · ");
}

function messageItem(entry) {
  const item = messageTemplate.cloneNode(true);
  const part = (selector) => item.querySelector(selector);
  item.dataset.id = entry.id;
  part(".status").textContent = signs[entry.status];
  part(".status").dataset.status = entry.status;
  part(".to").textContent = `${entry.kindLabel} to ${entry.receiver}`;
  part("time").dateTime = entry.receivedAt;
  part("time").textContent = shortTime(new Date(entry.receivedAt));
  whenOpened(
    part(".message"),
    async () => {
      const { pieces } = await ask(`messages/${entry.id}/form`);
      part(".form").replaceChildren(...pieces.map(draw));
    },
    part(".form"),
  );
  whenOpened(
    part(".raw"),
    async () => {
      const { payload } = await ask(`messages/${entry.id}`);
      part("pre").textContent = JSON.stringify(payload, null, 2);
    },
    part(".raw > pre"),
  );
  return item;
}

/** Fills a part of the page the first time that it is opened; after a failure the next time, too. */
function whenOpened(details, fill, place) {
  let isFilled = false;
  details.addEventListener("toggle", () => {
    if (!details.open || isFilled) return;
    isFilled = true;
    fill().catch((error) => {
      isFilled = false;
      place.textContent = `This cannot be shown: ${error.message}`;
    });
  });
}

async function ask(path) {
  const response = await fetch(path);
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail ?? response.statusText);
  return body;
}

function line(tag, text) {
  const node = document.createElement(tag);
  node.textContent = text ?? "";
  node.hidden = node.textContent === "";
  return node;
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
