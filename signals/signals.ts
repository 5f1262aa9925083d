import { carriersOf } from "./carriers";
import { leftOutOf } from "./left-out";
import type { Signals } from "./model";
import { producersOf } from "./producers";
import { readersOf } from "./readers";
import type { Watched } from "./watched";

/** All that produces, reads and carries in an environment, derived from what its stacks are made from. */
export function signalsOf(watched: Watched): Signals {
  return {
    environment: watched.environment.name,
    producers: producersOf(watched),
    readers: readersOf(watched),
    carriers: carriersOf(watched),
    leftOut: leftOutOf(watched),
  };
}
