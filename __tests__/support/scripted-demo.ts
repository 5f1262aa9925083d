import type { Demo } from "../../demo/demo";
import type { TourFault } from "../../demo/faults/fault";
import type { InboxMessage } from "../../operations/clients/inbox-client";
import type { EvaluatedGroup, PrometheusAlert, Target } from "../../operations/clients/prometheus-client";
import { loadEnvironments } from "./environments";
import { criticalReceivers } from "./critical-receivers";

const alert = "ServiceDown";
const service = "api-gateway";
const evaluationSeconds = 0.05;

/** A demo that does what a test says: a service that is down and up, an alert, the messages of it. */
export class ScriptedDemo {
  alerts: PrometheusAlert[] = [];
  messages: InboxMessage[] = [];
  isDown = false;

  /** A fault of it. */
  readonly fault: TourFault = {
    name: "killed",
    title: "Kill a service",
    what: "It is killed.",
    alert,
    severity: "critical",
    service,
    job: service,
    says: [],
    begin: () => {
      this.isDown = true;
      return Date.now();
    },
    mend: () => {
      this.isDown = false;
    },
  };

  /** The alert is there, in this state. */
  is(state: PrometheusAlert["state"]): void {
    const labels = { alertname: alert, service, severity: "critical" };
    this.alerts = [{ labels, annotations: {}, state, activeAt: new Date().toISOString(), value: "1" }];
  }

  /** Every receiver gets a message. */
  tell(status: InboxMessage["status"]): void {
    const receivedAt = new Date().toISOString();
    for (const receiver of criticalReceivers) {
      const id = `${receiver} ${status} ${receivedAt}`;
      const title = `${alert} of ${service}`;
      this.messages.unshift({
        id,
        receivedAt,
        kind: "slack",
        receiver,
        status,
        title,
        text: "",
        payload: {},
      });
    }
  }

  get demo(): Demo {
    const [environment] = loadEnvironments("local");
    const now = () => new Date().toISOString();
    const target = () => ({ scrapePool: service, lastScrape: now(), scrapeInterval: "50ms" }) as Target;
    const group = (): EvaluatedGroup => ({
      name: "services",
      file: "services.yml",
      interval: evaluationSeconds,
      lastEvaluation: now(),
      evaluationTime: 0.001,
      rules: [
        {
          type: "alerting",
          name: alert,
          query: "up == 0",
          duration: 0.1,
          labels: { severity: "critical" },
          health: "ok",
        },
      ],
    });
    return {
      environment,
      speed: 1_000,
      alertmanagers: [{}],
      prometheus: {
        targets: () => Promise.resolve([target()]),
        ruleGroups: () => Promise.resolve([group()]),
        alerts: () => Promise.resolve(this.alerts),
        query: (text: string) =>
          Promise.resolve([
            { metric: {}, value: text.includes("scrape_duration_seconds") ? 0 : Date.now() / 1_000 },
          ]),
      },
      inbox: { messages: () => Promise.resolve(this.messages) },
    } as unknown as Demo;
  }
}
