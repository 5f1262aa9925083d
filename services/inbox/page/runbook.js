// A button at each command and query of a runbook, that copies it as it stands.
"use strict";

for (const code of document.querySelectorAll("article code")) {
  // A name is no command.
  if (!/\s/.test(code.textContent)) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", () => {
    const text = code.textContent.trim();
    const say = (words) => {
      button.textContent = words;
      setTimeout(() => (button.textContent = "Copy"), 2_000);
    };
    if (!navigator.clipboard) say("Select it: this page is not on https");
    else
      navigator.clipboard.writeText(text).then(
        () => say("Copied"),
        () => say("The browser did not let it"),
      );
  });
  (code.closest("pre") ?? code).after(button);
}
