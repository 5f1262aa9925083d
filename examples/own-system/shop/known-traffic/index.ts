export { noKnownTraffic as knownTraffic } from "../../dashboards/known-traffic/known-traffic";
