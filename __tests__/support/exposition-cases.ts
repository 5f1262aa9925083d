/** An answer of a service to a scrape, and whether Prometheus 3 takes it. */
export interface ExpositionCase {
  readonly what: string;
  /** Undefined: the answer has no such header. */
  readonly contentType: string | undefined;
  readonly body: string | Buffer;
  readonly accepted: boolean;
  /** The line that is refused; undefined where nothing is wrong with the body. */
  readonly line: number | undefined;
}

const text = "text/plain; version=0.0.4";
const open = "application/openmetrics-text; version=1.0.0";

function taken(contentType: string, what: string, body: string | Buffer): ExpositionCase {
  return { what, contentType, body, accepted: true, line: undefined };
}

function refused(contentType: string, what: string, body: string | Buffer, line: number): ExpositionCase {
  return { what, contentType, body, accepted: false, line };
}

function unread(contentType: string | undefined, what: string): ExpositionCase {
  return { what, contentType, body: "a 1\n", accepted: false, line: undefined };
}

/** Answers that are on either side of what Prometheus reads. */
export const expositionCases: readonly ExpositionCase[] = [
  taken(text, "nothing but a sample", "a 1\n"),
  taken(text, "no end of the last line", "a 1"),
  taken(text, "leading blanks", " \t a 1\n"),
  taken(text, "blanks in braces", 'a { b = "c" , } 1\n'),
  taken(text, "no comma between labels", 'a{b="c"d="e"} 1\n'),
  taken(text, "Infinity", "a Infinity\nb -inf\nc +INF\nd nan\n"),
  taken(text, "an empty line and a comment", "# a comment\n\na 1\n"),
  taken(text, "a name in quotes", '{"a.b", c="d"} 1\n'),
  taken(text, "another escape", 'a{b="\\q"} 1\n'),
  taken(text, "a timestamp", "a 1 1700000000000\n".replace("1700000000000", String(Date.now()))),
  taken(text, "help without a text", "# HELP a\n# TYPE a gauge\na 1\n"),
  taken(text, "two types that conflict", "# TYPE a gauge\n# TYPE a counter\na 1\n"),
  refused(text, "an exemplar", 'a 1 # {trace_id="b"} 1\n', 1),
  refused(text, "lines that end in CR LF", "a 1\r\n", 1),
  refused(text, "a type's line that ends in CR LF", "# TYPE a gauge\r\na 1\n", 1),
  refused(text, "an empty line with a CR", "a 1\n\r\n", 2),
  refused(text, "an unknown type", "# TYPE a timer\na 1\n", 1),
  refused(text, "an empty type", "# TYPE a\na 1\n", 1),
  refused(text, "two blanks before the type", "# TYPE a  gauge\na 1\n", 1),
  refused(text, "OpenMetrics' type unknown", "# TYPE a unknown\na 1\n", 1),
  refused(text, "a timestamp that is no whole number", "a 1 1700000000.5\n", 1),
  refused(text, "a timestamp before 1970", "a 1 -1\n", 1),
  refused(text, "a timestamp of more than 64 bits", "a 1 9223372036854775808\n", 1),
  refused(text, "a label that is no UTF-8", Buffer.from('a 1\nb{c="\xff"} 1\n', "latin1"), 2),
  refused(text, "a help text that is no UTF-8", Buffer.from("# HELP a \xff\na 1\n", "latin1"), 1),
  refused(text, "a number that is too large", "a 1e400\n", 1),
  refused(text, "a hexadecimal number", "a 0x10\n", 1),
  refused(text, "a number with an underscore", "a 1_000\n", 1),
  refused(text, "no value", "a\n", 1),
  refused(text, "no quotes", "a{b=c} 1\n", 1),
  refused(text, "a label twice", 'a{b="c",b="d"} 1\n', 1),
  refused(text, "no name of a metric", "# TYPE 9a gauge\n", 1),
  taken(open, "no sample", "# EOF\n"),
  taken(open, "the end without a line's end", "a 1\n# EOF"),
  taken(open, "an exemplar", '# TYPE a counter\na_total 1 # {trace_id="b"} 1 1.5\n# EOF\n'),
  taken(open, "a unit", "# TYPE a_seconds gauge\n# UNIT a_seconds seconds\na_seconds 1\n# EOF\n"),
  taken(open, "a counter without _total", "# TYPE a counter\na 1\n# EOF\n"),
  refused(open, "an empty line", "a 1\n\n# EOF\n", 2),
  refused(open, "a comment", "# a comment\na 1\n# EOF\n", 1),
  refused(open, "two blanks", "a  1\n# EOF\n", 1),
  refused(open, "a blank at the end", "a 1 \n# EOF\n", 1),
  refused(open, "blanks in braces", 'a{b= "c"} 1\n# EOF\n', 1),
  refused(open, "text after the end", "a 1\n# EOF\nb 1\n", 3),
  refused(open, "no end", "a 1\n", 2),
  refused(open, "the text format's type untyped", "# TYPE a untyped\na 1\n# EOF\n", 1),
  refused(open, "a unit that the name does not end in", "# UNIT a seconds\na 1\n# EOF\n", 1),
  refused(open, "lines that end in CR LF", "a 1\r\n# EOF\r\n", 1),
  refused(open, "an endless timestamp", "a 1 Inf\n# EOF\n", 1),
  refused(open, "an exemplar with a name", 'a_total 1 # {"b"} 1\n# EOF\n', 1),
  taken("TEXT/PLAIN", "a media type in capitals", "a 1\n"),
  taken("text/plain; charset=utf-8;", "a semicolon at the end", "a 1\n"),
  taken("Application/OpenMetrics-Text", "OpenMetrics' media type in other letters", "a 1\n# EOF\n"),
  unread("text/html", "text that is called HTML"),
  unread("application/json", "text that is called JSON"),
  unread("text/plain; charset", "a parameter without a value"),
  unread(undefined, "no content type"),
];
