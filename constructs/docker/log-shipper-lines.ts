/** A line that comes after a line of a state, and the state that it leads to. */
interface StackRule {
  readonly state: string;
  readonly regex: string;
  readonly next_state: string;
}

function rule(state: string, regex: string, next = state): StackRule {
  return { state, regex: `/${regex}/`, next_state: next };
}

const begins = "start_state";
const traceback = "^Traceback \\(most recent call last\\):";

/** Python's tracebacks: indented frames, the error itself, and what it came from or led to. */
const python = [
  rule(begins, traceback, "python"),
  rule("python", "^[ \\t]+\\S"),
  rule("python", "^[A-Za-z_][\\w.]*(?::.*)?$", "python_error"),
  rule("python_error", "^$", "python_chain"),
  rule("python_chain", "^(?:During handling of|The above exception)"),
  rule("python_chain", "^$"),
  rule("python_chain", traceback, "python"),
];

/** Go's panics: goroutines with their frames. */
const go = [
  rule(begins, "^(?:panic: |fatal error: )", "go"),
  rule("go", "^(?:$|\\[signal |panic: |goroutine \\d+ |created by |\\t|[\\w.\\/*()-]+\\(.*\\)$|\\.\\.\\.)"),
];

/** Errors of Node.js and the JVM: frames that begin with `at`, causes, and what Node.js prints of an error's properties. */
const frames = [
  rule(
    begins,
    "^(?:Uncaught |Exception in thread .* )?[A-Za-z_][\\w.$]*(?:Exception|Error|Throwable)(?:[: \\[]|$)",
    "frames",
  ),
  rule(
    "frames",
    "^(?:[ \\t]+at |[ \\t]+\\.\\.\\. |[ \\t]*Caused by: |[ \\t]*Suppressed: |[ \\t]+\\[|[ \\t]*[\\]}]|$)",
  ),
];

/** Every other line is an event of its own. */
const single = [rule(begins, "^", "line"), rule("line", "^(?!)")];

/** Fluent Bit's parser of the lines of the engine's files. */
export const engineParser = {
  name: "engine",
  format: "json",
  time_key: "time",
  time_format: "%Y-%m-%dT%H:%M:%S.%L%z",
  time_keep: false,
};

/**
 * Fluent Bit's parser of lines and of stacks that are printed in several lines. Its own parsers are not used: that of Python
 * repeats the last line as a line of its own (5.1.1).
 */
export const stackParser = {
  name: "stacks",
  type: "regex",
  parser: engineParser.name,
  key_content: "log",
  // What a container prints to its two outputs is not mixed.
  key_group: "stream",
  // A line waits for the next one for so many milliseconds, as that may go on with it.
  flush_timeout: 1000,
  rules: [...python, ...go, ...frames, ...single],
};

/** Bytes after which the engine cuts a line. */
const cutAt = 16 * 1024;

/**
 * Bytes that are joined at most; what follows is the next event. A container that never ends its line (a progress bar, a
 * binary) would take all memory. CloudWatch takes no event of more than a megabyte.
 */
const joinedAtMost = 60 * cutAt;

/**
 * Lua for Fluent Bit: joins the parts of a line that the engine cut, and takes away the newline that ends it, which would be
 * part of the text in Loki. All parts but the last have no newline and that many bytes; what is shorter and has none is the
 * end of a container's output. An empty line stays one: a destination may refuse what has no text.
 */
export const joinLongLines = `local parts = {}
function join(tag, time, record)
  local key = tag .. (record.stream or "")
  local line = (parts[key] or "") .. record.log
  if #record.log >= ${String(cutAt)} and record.log:sub(-1) ~= "\\n" and #line < ${String(joinedAtMost)} then
    parts[key] = line
    return -1, 0, 0
  end
  parts[key] = nil
  if #line > 1 and line:sub(-1) == "\\n" then line = line:sub(1, -2) end
  record.log = line
  return 2, 0, record
end
`;
