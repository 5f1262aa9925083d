// The page: follows the server's events and shows each alert as a card. Every text stays text, never markup.
import { Card } from "./card.js";
import { CardView } from "./card-view.js";
import { showCount, Sound, Unread } from "./attention.js";
import { Filter } from "./filter.js";

/** As many messages as the server keeps. */
const capacity = 1000;
const tickMs = 5_000;
/** How long messages are gathered before the page is changed. */
const gatherMs = 50;

const state = document.querySelector("#state");
const note = document.querySelector("#note");
const soundSwitch = document.querySelector("#sound");
const sections = ["firing", "unknown", "resolved", "quiet"].map((id) => document.getElementById(id));

/** By id. */
const cards = new Map();
const views = new Map();
/** Cards with messages that are not on the page yet. */
const changed = new Set();
/** From the oldest to the newest. */
let order = [];
let connection = "Connecting…";
let isCurrent = false;
let isUpdateDue = false;
let isSoundDue = false;

const unread = new Unread();
const sound = new Sound((isSilenced) => {
  say(isSilenced ? "The browser plays no sound on this page until you click it or press a key." : "");
});
const filter = new Filter(document.querySelector("#filter"), updateSoon);

function say(text) {
  note.textContent = text;
  note.hidden = text === "";
}

function take(entry) {
  const card = cards.get(entry.card) ?? new Card(entry.card);
  cards.set(entry.card, card);
  const before = card.entries.length > 0 ? card.now.status : undefined;
  card.add(entry);
  order.push(card);
  changed.add(card);
  const { status, isQuiet } = card.now;
  if (isCurrent && status === "firing" && before !== "firing" && !isQuiet) isSoundDue = true;
  if (order.length > capacity) forgetOldest();
  updateSoon();
}

function forgetOldest() {
  const card = order.shift();
  card.entries.shift();
  card.facts = undefined;
  changed.add(card);
  if (card.entries.length === 0) {
    cards.delete(card.id);
    changed.delete(card);
    views.get(card.id)?.item.remove();
    views.delete(card.id);
  }
}

function forgetAll() {
  order = [];
  cards.clear();
  views.clear();
  changed.clear();
  isCurrent = false;
  for (const section of sections) section.querySelector("ol").replaceChildren();
}

/** Once for all messages that come together. No frame is waited for: a page in the background has none, but a title. */
function updateSoon() {
  if (isUpdateDue) return;
  isUpdateDue = true;
  setTimeout(update, gatherMs);
}

function update() {
  isUpdateDue = false;
  for (const card of changed) {
    const view = views.get(card.id) ?? new CardView(card, () => unread.markRead(card) && updateSoon());
    views.set(card.id, view);
    view.update();
  }
  changed.clear();
  if (isSoundDue) sound.play();
  isSoundDue = false;
  const all = [...cards.values()];
  filter.offer(all);
  place(all);
  const count = all.filter((card) => unread.isUnread(card)).length;
  showCount(count);
  document.querySelector("#read").disabled = count === 0;
  if (isCurrent) unread.keep(all);
}

/** Puts each card into its section, newest first, and hides those that are not asked for. */
function place(all) {
  const target = location.hash.slice(1);
  let shown = 0;
  for (const section of sections) {
    const own = all
      .filter(({ now }) => (now.isQuiet ? "quiet" : now.status) === section.id)
      .sort((a, b) => b.now.changedAt - a.now.changedAt);
    let visible = 0;
    const list = section.querySelector("ol");
    let next = list.firstElementChild;
    for (const card of own) {
      const { item } = views.get(card.id);
      // Moved only where it has to be: a moved element loses the focus.
      if (item === next) next = next.nextElementSibling;
      else move(list, item, next);
      item.hidden = !filter.allows(card) && card.id !== target;
      item.dataset.unread = String(unread.isUnread(card));
      if (!item.hidden) visible += 1;
    }
    shown += visible;
    const heading = section.querySelector("h2");
    heading.dataset.name ??= heading.textContent;
    const words = visible > 0 ? `${heading.dataset.name} (${visible})` : heading.dataset.name;
    if (heading.textContent !== words) heading.textContent = words;
    const empty = section.querySelector(".empty");
    if (empty) empty.hidden = visible > 0;
    section.hidden = visible === 0 && !empty;
  }
  const alerts = shown === all.length ? String(shown) : `${shown} of ${all.length}`;
  const text = `${connection} ${plural(order.length, "message")} of ${alerts} ${all.length === 1 ? "alert" : "alerts"}.`;
  if (state.textContent !== text) state.textContent = text;
}

function move(list, item, next) {
  const hasFocus = item.contains(document.activeElement) ? document.activeElement : undefined;
  // Keeps what is open and loaded in it, where the browser can.
  if (item.isConnected && "moveBefore" in list) list.moveBefore(item, next);
  else list.insertBefore(item, next);
  if (hasFocus && document.activeElement !== hasFocus) hasFocus.focus({ preventScroll: true });
}

function plural(count, word) {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** Shows the card that the address names. */
function showTarget() {
  const id = location.hash.slice(1);
  if (id === "" || !isCurrent) return;
  update();
  const view = views.get(id);
  if (!view) {
    say("The alert that the address names is not here any more.");
    return;
  }
  view.details.open = true;
  view.item.scrollIntoView();
  view.details.querySelector("summary").focus({ preventScroll: true });
}
window.addEventListener("hashchange", showTarget);

document.querySelector("#read").addEventListener("click", () => {
  for (const card of cards.values()) unread.markRead(card);
  updateSoon();
});
document.querySelector("#clear").addEventListener("click", () => {
  fetch("messages", { method: "DELETE" }).catch(() => {
    say("The messages were not deleted: the inbox cannot be reached.");
  });
});
soundSwitch.checked = sound.isOn;
soundSwitch.addEventListener("change", () => sound.turn(soundSwitch.checked));
setInterval(() => {
  for (const view of views.values()) if (!view.item.hidden) view.tick();
}, tickMs);

const events = new EventSource("entries/events");
events.addEventListener("open", () => {
  connection = "Live.";
  updateSoon();
});
// The browser connects again by itself and says what it saw last.
events.addEventListener("error", () => {
  connection = "Not connected, trying again.";
  updateSoon();
});
events.addEventListener("reset", () => {
  forgetAll();
  updateSoon();
});
events.addEventListener("current", () => {
  const isFirst = !isCurrent;
  isCurrent = true;
  if (isFirst) showTarget();
  updateSoon();
});
events.addEventListener("message", (event) => {
  take(JSON.parse(event.data));
});
