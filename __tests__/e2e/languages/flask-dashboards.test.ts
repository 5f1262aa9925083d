import { flaskServices } from "../../../demo/flask/services";
import { pythonServices } from "../../support/languages/programs";
import { describeLiveDashboards } from "../../support/live-dashboards";

jest.setTimeout(300_000);

describeLiveDashboards("the dashboards on a system with services in Flask", [pythonServices], {
  instead: flaskServices(pythonServices.name),
});
