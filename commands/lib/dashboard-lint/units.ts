export { isUnit } from "../../../dashboards/units";
