import { counter, owned } from "../../metrics/define";
import { oneOf } from "../../metrics/labels";

/** What the auth service measures of its business. */
export const auth = owned({ owner: "auth", title: "Auth service", exportedBy: ["auth-service"] }, [
  counter("login_attempts_total", {
    help: "Attempts to log in, by outcome.",
    unit: "attempts",
    labels: { status: oneOf("success", "failure") },
  }),
  counter("registrations_total", { help: "Accounts registered.", unit: "registrations" }),
  counter("token_validations_total", {
    help: "Tokens checked, by result.",
    unit: "validations",
    labels: { result: oneOf("valid", "invalid", "expired") },
  }),
]);
