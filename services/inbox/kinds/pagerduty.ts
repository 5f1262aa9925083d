import { randomUUID } from "node:crypto";
import { subjectOfPage } from "../cards/page-subject";
import { pagerdutyForm } from "../forms/pagerduty";
import type { Status } from "../message";
import { isObject, lengthOf, parseJson, type Kind, type Outcome, type Posted } from "./kind";

/** Size limit of an event: 512 KB. https://developer.pagerduty.com/docs/events-api-v2-overview#size-limits */
const maxBytes = 512_000;
const maxSummary = 1024;
const maxDedupKey = 255;
const severities = ["critical", "warning", "error", "info"];
const statusByAction: Readonly<Record<string, Status>> = {
  trigger: "firing",
  acknowledge: "firing",
  resolve: "resolved",
};

/** PagerDuty, by its Events API v2. */
export const pagerduty: Kind = {
  label: "PagerDuty",
  receive,
  subjectOf: subjectOfPage,
  form: pagerdutyForm,
};

/** https://developer.pagerduty.com/docs/send-alert-event */
function receive({ body }: Posted): Outcome {
  if (body.length > maxBytes) return refused(413, ["Event exceeds the maximum size of 512 KB"]);
  const event = parseJson(body);
  if (!isObject(event)) return refused(400, ["Event is not a JSON object"]);
  const payload = isObject(event.payload) ? event.payload : {};
  const errors = [
    ...errorsOfEnvelope(event),
    ...(event.event_action === "trigger" ? errorsOfAlert(payload) : []),
  ];
  if (errors.length > 0) return refused(400, errors);
  const dedupKey = textOf(event.dedup_key) || randomUUID().replaceAll("-", "");
  const title = textOf(payload.summary);
  const details = payload.custom_details;
  return {
    answer: {
      status: 202,
      body: { status: "success", message: "Event processed", dedup_key: dedupKey },
    },
    content: {
      status: statusByAction[textOf(event.event_action)] ?? "unknown",
      title: title || `${textOf(event.event_action)} ${dedupKey}`,
      text: isObject(details) ? detailLines(details) : textOf(details),
      payload: event,
    },
  };
}

function errorsOfEnvelope(event: Readonly<Record<string, unknown>>): string[] {
  const key = textOf(event.routing_key);
  const action = textOf(event.event_action);
  const errors: string[] = [];
  if (key === "") errors.push("'routing_key' is missing or blank");
  else {
    if (lengthOf(key) !== 32) errors.push("Length of 'routing_key' is incorrect (should be 32 characters)");
    if (/[^A-Za-z0-9]/.test(key)) errors.push("'routing_key' cannot contain non-alphanumeric characters.");
  }
  if (action === "") errors.push("'event_action' is missing or blank");
  else if (!Object.hasOwn(statusByAction, action)) {
    errors.push(
      "'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')",
    );
  }
  const dedupKey = textOf(event.dedup_key);
  if (dedupKey === "" && (action === "acknowledge" || action === "resolve")) {
    errors.push("'dedup_key' is missing or blank");
  }
  if (lengthOf(dedupKey) > maxDedupKey) {
    errors.push(`'dedup_key' is too long (maximum is ${String(maxDedupKey)} characters)`);
  }
  return errors;
}

function errorsOfAlert(payload: Readonly<Record<string, unknown>>): string[] {
  const errors = ["summary", "source", "severity"]
    .filter((name) => textOf(payload[name]).trim() === "")
    .map((name) => `'payload.${name}' is missing or blank`);
  const severity = textOf(payload.severity);
  if (severity !== "" && !severities.includes(severity)) {
    errors.push(
      "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')",
    );
  }
  if (lengthOf(textOf(payload.summary)) > maxSummary) {
    errors.push(`'payload.summary' is too long (maximum is ${String(maxSummary)} characters)`);
  }
  return errors;
}

function refused(status: number, errors: readonly string[]): Outcome {
  return {
    answer: { status, body: { status: "invalid event", message: "Event object is invalid", errors } },
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function detailLines(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("\n");
}
