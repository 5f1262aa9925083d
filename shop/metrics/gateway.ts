import { histogram, owned } from "../../metrics/define";
import { httpLatencyBuckets, httpStatusCode } from "../../metrics/http";
import { oneOf } from "../../metrics/labels";

/** What the gateway measures of the calls that it passes on. */
export const gateway = owned({ owner: "gateway", title: "API gateway", exportedBy: ["api-gateway"] }, [
  histogram("proxy_request_duration_seconds", {
    help: "Time that the gateway waited for a service behind it; 502 and 504 where the service gave no answer.",
    unit: "seconds",
    labels: {
      target_service: oneOf("product-service", "auth-service", "order-service"),
      status_code: httpStatusCode,
    },
    buckets: httpLatencyBuckets,
  }),
]);
