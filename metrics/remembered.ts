/** Results kept of each function: more than a project has environments that differ in what the function takes. */
const mostKept = 20;

const numbers = new WeakMap<object, number>();
let objects = 0;

/** A number of an object, which no other has. */
function numberOf(object: object): number {
  const known = numbers.get(object) ?? (objects += 1);
  numbers.set(object, known);
  return known;
}

/** What a setting is, to compare it: plain data by its contents, what is in `same` as the same object. */
function contentOf<S extends object>(settings: S, key: keyof S, same: readonly (keyof S)[]): string {
  const value = settings[key];
  return same.includes(key) ? String(numberOf(value as object)) : (JSON.stringify(value) ?? "");
}

/**
 * The same function, which gives what it gave before where all settings that it read then are the same.
 * @param make depends on nothing but its settings, which have the same keys each time, and reads them before it ends;
 *   nobody changes what it gives
 * @param same settings that are the same only as the same object; the others are plain data
 */
export function rememberedByReads<S extends object, R>(
  make: (settings: S) => R,
  same: readonly (keyof S)[],
): (settings: S) => R {
  const results: { readonly reads: ReadonlyMap<keyof S, string>; readonly made: R }[] = [];
  return (settings) => {
    const known = results.find(({ reads }) =>
      [...reads].every(([key, content]) => contentOf(settings, key, same) === content),
    );
    if (known !== undefined) return known.made;
    const reads = new Map<keyof S, string>();
    const made = make(
      new Proxy(settings, {
        get: (target, name) => {
          const key = name as keyof S;
          if (!reads.has(key)) reads.set(key, contentOf(target, key, same));
          return target[key];
        },
      }),
    );
    if (results.length >= mostKept) results.shift();
    results.push({ reads, made });
    return made;
  };
}

/**
 * The same function, which gives what it gave before for settings of the same contents: what is the same in several
 * environments is made once.
 * @param make depends on nothing but its settings; nobody changes what it gives
 * @param keys the settings that it depends on, which are plain data, where it is given more
 * @param same settings that it depends on, too, and that are the same only as the same object
 */
export function remembered<S extends object, R>(
  make: (settings: S) => R,
  keys: readonly (keyof S)[],
  same: readonly (keyof S)[] = [],
): (settings: S) => R {
  const results = new Map<string, R>();
  return (settings) => {
    const read = Object.fromEntries([...keys, ...same].map((key) => [key, settings[key]])) as S;
    const key = JSON.stringify([
      ...keys.map((each) => settings[each] ?? null),
      ...same.map((each) => numberOf(settings[each] as object)),
    ]);
    const found = results.get(key);
    if (found !== undefined) return found;
    const made = make(read);
    const [oldest] = results.keys();
    if (results.size >= mostKept && oldest !== undefined) results.delete(oldest);
    results.set(key, made);
    return made;
  };
}
