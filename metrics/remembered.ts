/** Results kept of each function: more than a project has environments that differ in what the function takes. */
const mostKept = 20;

/**
 * The same function, which gives what it gave before for settings of the same contents: what is the same in several
 * environments is made once.
 * @param make depends on nothing but its settings, which are plain data; nobody changes what it gives
 * @param keys the settings that it depends on, where it is given more
 */
export function remembered<S extends object, R>(
  make: (settings: S) => R,
  keys: readonly (keyof S)[],
): (settings: S) => R {
  const results = new Map<string, R>();
  return (settings) => {
    const read = Object.fromEntries(keys.map((key) => [key, settings[key]])) as S;
    const key = JSON.stringify(read);
    const found = results.get(key);
    if (found !== undefined) return found;
    const made = make(read);
    const [oldest] = results.keys();
    if (results.size >= mostKept && oldest !== undefined) results.delete(oldest);
    results.set(key, made);
    return made;
  };
}
