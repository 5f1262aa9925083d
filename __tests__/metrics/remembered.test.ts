import { rememberedByReads } from "../../metrics/remembered";

interface Settings {
  readonly names: readonly string[];
  readonly unread: number;
  readonly most?: number;
  readonly source: object;
}

const source = {};
const settings: Settings = { names: ["a"], unread: 1, source };

/** A function that reads `most` for some names only, and how often it was called. */
function counted() {
  let calls = 0;
  const make = rememberedByReads(
    ({ source: from, ...rest }: Settings) => {
      calls += 1;
      return { from, text: rest.names.join() };
    },
    ["source"],
  );
  const first = rememberedByReads(
    (all: Settings) => {
      calls += 1;
      return all.names.length > 1 ? `${all.names.join()} of ${String(all.most)}` : all.names.join();
    },
    ["source"],
  );
  return { make, first, calls: () => calls };
}

it("makes once what reads the same, whatever else differs", () => {
  const { first, calls } = counted();
  expect(first(settings)).toBe("a");
  expect(first({ ...settings, names: ["a"], unread: 2, most: 5, source: {} })).toBe("a");
  expect(calls()).toBe(1);
});

it("makes again for another value of what was read, also of what is missing", () => {
  const { first, calls } = counted();
  const two = { ...settings, names: ["a", "b"] };
  expect([first(two), first({ ...two, most: 3 }), first(two)]).toEqual([
    "a,b of undefined",
    "a,b of 3",
    "a,b of undefined",
  ]);
  expect(calls()).toBe(2);
});

it("takes all settings as read where they are copied, and an object as itself alone", () => {
  const { make, calls } = counted();
  expect(make(settings)).toBe(make({ ...settings }));
  expect(make({ ...settings, unread: 2 })).not.toBe(make(settings));
  const other = {};
  expect(make({ ...settings, source: other }).from).toBe(other);
  expect(calls()).toBe(3);
});
