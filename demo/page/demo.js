// The page: takes what changes from the server's events, and asks the server to break and to mend.
"use strict";

const token = document.querySelector('meta[name="demo-token"]').content;
const connection = document.querySelector("#connection");
const news = document.querySelector("#news");

function say(text) {
  connection.textContent = text;
  connection.hidden = text === "";
}

function show({ parts, buttons, news: latest }) {
  for (const [id, html] of Object.entries(parts)) {
    const part = document.getElementById(id);
    // The server has made text of all that programs say. Whoever reads in a part keeps it until they leave it.
    if (part.dataset.shown === html || part.contains(document.activeElement)) continue;
    part.innerHTML = html;
    part.dataset.shown = html;
  }
  for (const [name, { action, label }] of Object.entries(buttons)) {
    const button = document.querySelector(`[data-fault="${name}"] button`);
    button.dataset.action = action;
    button.setAttribute("aria-disabled", String(action === "none"));
    if (button.textContent.trim() !== label) button.textContent = label;
  }
  if (news.textContent !== latest) news.textContent = latest;
}

async function ask(name, action, answer) {
  answer.textContent = "";
  try {
    const response = await fetch(`/api/demo/faults/${name}/${action}`, {
      method: "POST",
      headers: { "x-demo-token": token },
    });
    if (!response.ok) answer.textContent = await response.text();
  } catch {
    answer.textContent = "The demo cannot be reached.";
  }
}

for (const fault of document.querySelectorAll("[data-fault]")) {
  const button = fault.querySelector("button");
  button.addEventListener("click", () => {
    const { action } = button.dataset;
    if (action !== "none") void ask(fault.dataset.fault, action, fault.querySelector(".answer"));
  });
}

const events = new EventSource("/api/demo/events");
events.addEventListener("open", () => {
  say("");
});
// The browser connects again by itself.
events.addEventListener("error", () => {
  say("Not connected, trying again.");
});
events.addEventListener("state", (event) => {
  show(JSON.parse(event.data));
});
events.addEventListener("ended", () => {
  events.close();
  say("The demo has ended. npm run demo starts another.");
  for (const button of document.querySelectorAll("button")) {
    button.dataset.action = "none";
    button.setAttribute("aria-disabled", "true");
  }
});
