import { Feed } from "../../metrics/feed";
import { catalogue } from "../support/system";

describe("where nothing is scraped", () => {
  const feed = new Feed(catalogue, {
    services: [],
    publicServices: [],
    publicPrograms: [],
    monitoringJobs: [],
    given: [],
  });

  it.each(["http_requests_total", "http_request_duration_seconds_bucket", "level:nobody_records:rate5m"])(
    "nobody writes %s",
    (metric) => {
      expect(feed.has({ metric, labels: [] })).toBe(false);
    },
  );

  it.each(["http_requests_totl", "http_request_duration_seconds"])(
    "%s, which is no name of a series, leaves nothing out: it is told as a mistake",
    (metric) => {
      expect(feed.has({ metric, labels: [] })).toBe(true);
      expect(feed.jobsOf({ metric, labels: [] })).toEqual([]);
    },
  );
});
