// The page: follows the server's events and shows each message as text, never as markup.
"use strict";

/** As many as the server keeps. */
const capacity = 1000;
const signs = { firing: "▲ firing", resolved: "✓ resolved", unknown: "? unknown" };

const list = document.querySelector("#messages");
const state = document.querySelector("#state");
const template = document.querySelector("#message");
const filter = document.querySelector("#filter");
const { receiver: receiverChoice, status: statusChoice } = filter.elements;
const times = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });

let connection = "Connecting…";
let isUpdateDue = false;

function show(message) {
  const item = template.content.firstElementChild.cloneNode(true);
  const part = (selector) => item.querySelector(selector);
  item.dataset.id = message.id;
  item.dataset.status = message.status;
  item.dataset.receiver = message.receiver;
  part("h3").textContent = message.title || "(no title)";
  part(".status").textContent = signs[message.status];
  part(".status").dataset.status = message.status;
  part(".kind").textContent = message.kind;
  part(".receiver").textContent = message.receiver;
  part("time").dateTime = message.receivedAt;
  part("time").textContent = times.format(new Date(message.receivedAt));
  part(".text").textContent = message.text;
  part(".text").hidden = message.text === "" || message.text === message.title;
  // Only written out when somebody looks.
  part("details").addEventListener(
    "toggle",
    () => {
      part("pre").textContent = JSON.stringify(message.payload, null, 2);
    },
    { once: true },
  );
  list.prepend(item);
  while (list.children.length > capacity) list.lastElementChild.remove();
  updateSoon();
}

/** Once a frame, however many messages came. */
function updateSoon() {
  if (isUpdateDue) return;
  isUpdateDue = true;
  requestAnimationFrame(update);
}

function update() {
  isUpdateDue = false;
  offerReceivers();
  let shown = 0;
  for (const item of list.children) {
    item.hidden =
      (receiverChoice.value !== "" && item.dataset.receiver !== receiverChoice.value) ||
      (statusChoice.value !== "" && item.dataset.status !== statusChoice.value);
    if (!item.hidden) shown += 1;
  }
  const total = list.children.length;
  const count = shown === total ? String(total) : `${shown} of ${total}`;
  state.textContent = `${connection} ${count} ${total === 1 ? "message" : "messages"}.`;
}

function offerReceivers() {
  const wanted = [...new Set([...list.children].map((item) => item.dataset.receiver))];
  // What is chosen stays, even when its messages are gone.
  if (receiverChoice.value !== "" && !wanted.includes(receiverChoice.value))
    wanted.push(receiverChoice.value);
  wanted.sort();
  const offered = [...receiverChoice.options].slice(1).map(({ value }) => value);
  if (wanted.join("\n") === offered.join("\n")) return;
  const chosen = receiverChoice.value;
  receiverChoice.replaceChildren(new Option("all", ""), ...wanted.map((name) => new Option(name, name)));
  receiverChoice.value = chosen;
}

filter.addEventListener("change", update);
document.querySelector("#clear").addEventListener("click", () => {
  fetch("messages", { method: "DELETE" }).catch(() => {
    state.textContent = "The messages were not deleted: the inbox cannot be reached.";
  });
});

const events = new EventSource("events");
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
  list.replaceChildren();
  updateSoon();
});
events.addEventListener("message", (event) => {
  show(JSON.parse(event.data));
});
