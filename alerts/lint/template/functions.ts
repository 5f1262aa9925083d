/** What templates can call: Prometheus's own functions and those of Go's text/template. */
export const templateFunctions: ReadonlySet<string> = new Set(
  (
    "args externalURL first graphLink humanize humanize1024 humanizeDuration humanizePercentage humanizeTimestamp " +
    "label match now parseDuration pathPrefix query reReplaceAll safeHtml sortByLabel stripDomain stripPort strvalue " +
    "tableLink title toDuration toLower toTime toUpper urlQueryEscape value " +
    "and call eq ge gt html index js le len lt ne not or print printf println slice urlquery"
  ).split(" "),
);
