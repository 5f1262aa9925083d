import { describeLiveDashboards } from "../support/live-dashboards";

jest.setTimeout(300_000);

describeLiveDashboards("the dashboards on a running system");
