import type { Labels, Link } from "./subject";

/** Alertmanager's page of a new silence, within its own address. */
const newSilence = "/#/silences/new?filter=";
const pair = /([A-Za-z_][A-Za-z0-9_]*)="([^"\\]*)"/y;

/** The labels that a link to a new silence has filled in: those of the group. Undefined where it is no such link. */
export function labelsOfSilence(url: string): Labels | undefined {
  const [, filter] = url.split(newSilence);
  if (filter === undefined) return undefined;
  const text = decoded(filter);
  if (!text?.startsWith("{") || !text.endsWith("}")) return undefined;
  const labels: Record<string, string> = {};
  for (let at = 1; at < text.length - 1; at = pair.lastIndex + 1) {
    pair.lastIndex = at;
    const [, name, value] = pair.exec(text) ?? [];
    if (name === undefined || value === undefined || !",}".includes(text[pair.lastIndex] ?? ""))
      return undefined;
    labels[name] = value;
  }
  return Object.keys(labels).length > 0 ? labels : undefined;
}

/** The link to a new silence of a group; to all alerts where a label's value cannot be written in it. */
export function silenceLink(alertmanager: string, groupLabels: Labels): Link {
  const pairs = Object.entries(groupLabels);
  const isPlain = pairs.length > 0 && pairs.every(([, value]) => !/["\\\p{Cc}]/u.test(value));
  const matchers = pairs.map(([name, value]) => `${name}="${value}"`).join(",");
  return {
    words: "Silence",
    url: isPlain
      ? `${alertmanager}${newSilence}${encodeURIComponent(`{${matchers}}`)}`
      : `${alertmanager}/#/alerts`,
  };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
