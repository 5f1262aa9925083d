import type { Reason } from "./series/reasons";

/** Why a reader gives nothing, as the end of a sentence: `parcels_total is not there`. */
export function reasonInWords(reason: Reason): string {
  const through = reason.through.length === 0 ? "" : ` (through ${reason.through.join(" and ")})`;
  return `${causeOf(reason)}${through}`;
}

function causeOf(reason: Reason): string {
  switch (reason.kind) {
    case "name":
      return `nothing gives ${reason.series}`;
    case "not stored":
      return `${reason.series} is not stored`;
    case "label":
      return `${reason.series} has no label ${reason.label}`;
    case "value": {
      const { label, operator, value } = reason.matcher;
      return `no ${reason.series} has ${label}${operator}"${value}"`;
    }
    case "fewer":
      return `no ${reason.series} has ${reason.label}="${reason.value}"`;
    case "alert":
      return `no alert ${reason.alert} can fire`;
  }
}

/** A few of many, and how many more there are. */
export function few(texts: readonly string[], most = 3): string {
  const more = texts.length - most;
  return more > 0 ? `${texts.slice(0, most).join("; ")}; and ${String(more)} more` : texts.join("; ");
}
