// Draws what a message looks like at its receiver. Texts stay texts: only these elements are ever made.

const tags = new Set("a b blockquote br code dd div dl dt hr i iframe li ol p pre s span u ul".split(" "));

/** A node for a piece of a message. */
export function draw(piece) {
  if (typeof piece === "string") return document.createTextNode(piece);
  const node = document.createElement(tags.has(piece.is) ? piece.is : "span");
  if (piece.look !== undefined) node.className = piece.look;
  if (/^#[0-9a-f]{6}$/i.test(piece.color ?? "")) node.style.setProperty("--bar", piece.color);
  if (piece.is === "a") link(node, piece.href);
  if (piece.is === "iframe") frame(node, piece);
  // It scrolls, so that the keyboard must reach it.
  if (piece.is === "pre") node.tabIndex = 0;
  node.append(...piece.children.map(draw));
  return node;
}

/** Makes a link of an element; to the web or to a runbook, and nowhere else. */
export function link(node, href) {
  if (!/^(?:https?:\/\/|runbooks\/)/i.test(href ?? "")) return;
  node.href = href;
  // The inbox stays open, and goes on to call.
  node.target = "_blank";
  node.rel = "noopener noreferrer";
}

function frame(node, { href, label }) {
  if (!/^messages\/[\w-]+\/mail$/.test(href ?? "")) return;
  node.setAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
  node.title = label ?? "";
  node.src = href;
}
