import { readFileSync } from "node:fs";
import { GrafanaApi } from "./grafana-api";

/** The stand-in of Grafana's API as a program that starts as Grafana does in its container. */
const password = readFileSync(process.env.GF_SECURITY_ADMIN_PASSWORD__FILE ?? "", "utf8").trim();
process.once("SIGTERM", () => process.exit(0));
void new GrafanaApi(password).listen(3000, "0.0.0.0");
