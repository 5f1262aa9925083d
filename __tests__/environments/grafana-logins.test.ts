import type { Edit } from "../support/edit";
import { withLogins } from "../support/grafana-logins";
import { problemsOf } from "../support/environment-problems";
import { parseEnvironment } from "../support/environments";

it("has defaults for all but the provider's URLs, the client and the groups", () => {
  const { oidc } = parseEnvironment(withLogins(), "prod.ts").grafana;
  expect(oidc).toMatchObject({
    name: "single sign-on",
    scopes: ["openid", "profile", "email"],
    groupsClaim: "groups",
    roles: { admin: ["ops"], editor: ["/teams/parcels"], viewer: ["staff"] },
    sessionHours: 12,
    autoLogin: false,
    loginForm: true,
  });
});

it("is left out by default, as are mails", () => {
  const edits: Edit[] = [
    ["grafana.oidc", undefined],
    ["grafana.smtp", undefined],
  ];
  const { grafana } = parseEnvironment(withLogins(...edits), "prod.ts");
  expect([grafana.oidc, grafana.smtp]).toEqual([undefined, undefined]);
});

it.each<[string, Edit, string]>([
  [
    "a URL of Grafana without TLS",
    ["grafana.url", "http://127.0.0.1:3300"],
    'grafana.url: found "http://127.0.0.1:3300", allowed: an https:// URL, as grafana.oidc is there. An edge: { … } ' +
      "answers at it (docs/edge.md), or a proxy of your own; without either leave grafana.oidc out",
  ],
  [
    "a provider without TLS",
    ["grafana.oidc.tokenEndpoint", "http://login.example.com/token"],
    "grafana.oidc.tokenEndpoint: found",
  ],
  [
    "no group",
    ["grafana.oidc.roles", {}],
    "grafana.oidc.roles: found an object, allowed: a group in one of admin, editor and viewer, or nobody gets in",
  ],
  [
    "a group with two roles",
    ["grafana.oidc.roles.viewer", ["staff", "ops"]],
    'grafana.oidc.roles.viewer[1]: found "ops", allowed: a group that is named once: it has the role admin',
  ],
  [
    "a group's name with space around it",
    ["grafana.oidc.roles.viewer", [" staff"]],
    'grafana.oidc.roles.viewer[0]: found " staff", allowed: a group\'s name as the claim has it',
  ],
  [
    "a group's name that Terraform would read",
    ["grafana.oidc.roles.viewer", ["${var.x}"]],
    'grafana.oidc.roles.viewer[0]: found "${var.x}", allowed: a text without ${ and %{',
  ],
  [
    "scopes by which nobody is told",
    ["grafana.oidc.scopes", ["email"]],
    'grafana.oidc.scopes: found a list of 1, allowed: a list with "openid", without which a provider tells nobody who logs in',
  ],
  ["a scope of two", ["grafana.oidc.scopes", ["openid", "email profile"]], "grafana.oidc.scopes[1]: found"],
  ["a claim with a quote", ["grafana.oidc.groupsClaim", 'a"b'], "grafana.oidc.groupsClaim: found"],
  ["the client's secret itself", ["grafana.oidc.clientSecret", "s3cr3t"], "grafana.oidc.clientSecret: found"],
  [
    "a client's id that Grafana would expand",
    ["grafana.oidc.clientId", "$__env{X}"],
    "grafana.oidc.clientId",
  ],
  ["a session without an end", ["grafana.oidc.sessionHours", 0], "grafana.oidc.sessionHours: found 0"],
  [
    "mails by a receiver that is not there",
    ["grafana.smtp.name", "email-nobody"],
    'grafana.smtp.name: found "email-nobody", allowed: the name of a receiver of the kind email: email-ops',
  ],
  [
    "mails by a receiver of another kind",
    ["grafana.smtp.name", "slack-critical"],
    'grafana.smtp.name: found "slack-critical", allowed: the name of a receiver of the kind email: email-ops',
  ],
])("refuses %s", (_, edit, expected) => {
  const found = problemsOf(withLogins(edit));
  expect(found).toEqual([expect.stringContaining(expected)]);
});

it("says what to do where there is no receiver by mail", () => {
  const { alerting } = withLogins();
  const receivers = alerting.receivers.filter(({ kind }) => kind !== "email");
  expect(problemsOf(withLogins(["alerting.receivers", receivers]))).toContainEqual(
    expect.stringContaining('grafana.smtp: { kind: "server", … }, as no receiver is of the kind email'),
  );
});
