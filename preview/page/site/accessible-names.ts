/** A kind of element that Grafana's libraries leave without a name that says what it is, and what it is called here. */
interface Unnamed {
  readonly selector: string;
  readonly name: (element: Element) => void;
}

const unnamed: readonly Unnamed[] = [
  {
    // In a legend that is a list: called by its state alone, "All series selected", whatever is written on it.
    selector: 'button[class*="LegendLabel"][aria-label]',
    name: (button) => {
      const [state = ""] = button.getAttribute("aria-label")?.split(": ").slice(-1) ?? [];
      const name = `${button.textContent ?? ""}: ${state}`;
      if (button.getAttribute("aria-label") !== name) button.setAttribute("aria-label", name);
    },
  },
  {
    // Beside a variable whose values are asked for.
    selector: '[aria-label="data-testid Loading indicator"]',
    name: (indicator) => {
      indicator.setAttribute("role", "status");
      indicator.setAttribute("aria-label", "Loading");
    },
  },
  {
    // In the head of a panel whose query takes long.
    selector: 'button[class*="panel-header-item"]:not([aria-label])',
    name: (button) => button.setAttribute("aria-label", "Cancel query"),
  },
];

/** Gives names to those elements as they come into the page and change. */
export function nameElements(root: Element): void {
  const observer = new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      nameOne(target);
      for (const added of addedNodes) nameBelow(added);
    }
  });
  observer.observe(root, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ["aria-label"],
  });
}

function nameOne(node: Node): void {
  if (node instanceof Text && node.parentElement) nameOne(node.parentElement);
  if (!(node instanceof Element)) return;
  for (const { selector, name } of unnamed) if (node.matches(selector)) name(node);
}

function nameBelow(node: Node): void {
  nameOne(node);
  if (!(node instanceof Element)) return;
  for (const { selector, name } of unnamed) for (const each of node.querySelectorAll(selector)) name(each);
}
