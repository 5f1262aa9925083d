import { messageRoute } from "../../../demo/timing/message-route";
import { loadEnvironments } from "../../support/environments";
import { criticalReceivers } from "../../support/critical-receivers";

const [local] = loadEnvironments("local");
if (!local) throw new Error("There is no environment local.");
const service = "product-service";

it("is that of the alert's severity, its receivers as the inbox names them, its times divided", () => {
  expect(messageRoute(local, { alert: "ServiceDown", severity: "critical", service }, 10)).toEqual({
    receivers: criticalReceivers,
    groupWait: 2_000,
    groupInterval: 6_000,
  });
  const warning = messageRoute(local, { alert: "HostHighLoad", severity: "warning", service }, 1);
  expect(warning).toEqual({
    receivers: ["slack-team", "discord-alerts", "msteams-team"],
    groupWait: 30_000,
    groupInterval: 300_000,
  });
});
