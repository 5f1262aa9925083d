import { secondsOf } from "../durations";
import { defaultTiming, type RouteSettings } from "./routes";

/** The longest group interval of the routes that tell somebody, that of alerts which no route takes among them. */
export function longestGroupInterval(
  routes: readonly Pick<RouteSettings, "receivers" | "groupInterval">[],
): string {
  const told = routes.filter(({ receivers }) => receivers.length > 0);
  return [defaultTiming, ...told]
    .map(({ groupInterval }) => groupInterval)
    .reduce((longest, one) => (secondsOf(one) > secondsOf(longest) ? one : longest));
}
