// The page is whole without this: it filters and unfolds.
(() => {
  "use strict";
  const folds = () => [...document.querySelectorAll("main details")];
  const tools = document.getElementById("tools");
  const filter = document.getElementById("filter");
  const unfold = document.getElementById("unfold");
  const found = document.getElementById("found");
  tools.hidden = false;

  unfold.addEventListener("click", () => {
    const all = folds();
    const isOpen = all.every((each) => each.open);
    for (const each of all) each.open = !isOpen;
    unfold.textContent = isOpen ? "Unfold all" : "Fold all";
  });

  // Rows of tables, and folds of one alert, message, finding or dashboard each.
  const items = [...document.querySelectorAll("main tbody tr, main .folds > details")].filter(
    (item) => item.closest(".calendar") === null && item.parentElement.closest(".folds > details") === null,
  );
  const texts = new Map(items.map((item) => [item, item.textContent.toLowerCase()]));
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    let shown = 0;
    for (const item of items) {
      item.hidden = !texts.get(item).includes(wanted);
      if (!item.hidden) shown += 1;
    }
    found.textContent = wanted === "" ? "" : `${shown} of ${items.length} rows and folds`;
    if (wanted === "") return;
    for (const each of folds()) {
      if (each.parentElement.closest(".folds") === null && each.querySelector("tbody tr:not([hidden])"))
        each.open = true;
    }
  });

  // On paper nothing is folded.
  addEventListener("beforeprint", () => {
    for (const each of folds()) each.open = true;
  });
})();
