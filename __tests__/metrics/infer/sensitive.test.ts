import fc from "fast-check";
import { parseExposition } from "../../../metrics/contract/exposition";
import { isSensitive, withoutSensitive } from "../../../metrics/infer/sensitive";
import { roundTrip } from "../../support/inferred";

const random = (alphabet: string, length: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length }).map((all) => all.join(""));
const small = "abcdefghijklmnopqrstuvwxyz";
const mixed = `${small}${small.toUpperCase()}0123456789`;
const isMixed = (text: string) => /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text);

/** Secrets and personal data of the kinds that get into labels by mistake. */
const secrets = {
  "an address of mail": fc.emailAddress().filter((text) => /^[\w.+-]+@/.test(text)),
  "a UUID": fc.uuid(),
  "a hash": random("0123456789abcdef", 32).filter((text) => /\d/.test(text)),
  "a token": random(mixed, 32).filter(isMixed),
  "a JWT": fc
    .tuple(random(mixed, 20), random(mixed, 30))
    .map(([head, body]) => `eyJ${head}.eyJ${body}.${body}`),
  "a key of GitHub": random(mixed, 36).map((key) => `ghp_${key}`),
  "a key of AWS": random("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16).map((key) => `AKIA${key}`),
  "an address of IPv4": fc.ipV4(),
  "a URL with a password": random(small, 8).map((word) => `https://ann:${word}@example.com/`),
  "a phone number": random("0123456789", 10).map((digits) => `+49${digits}`),
  "a card's number": random("0123456789", 16),
};

describe.each(Object.entries(secrets))("%s", (_, secret) => {
  it("is seen in a text, and taken out of it", () => {
    fc.assert(
      fc.property(secret, (text) => {
        expect(isSensitive(text)).toBe(true);
        expect(withoutSensitive(`See (${text}) there.`)).not.toContain(text);
      }),
    );
  });

  it("stands in no module, be it in a label or in a HELP", () => {
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 3 }),
        fc.constantFrom("kind", "status", "route"),
        (some, label) => {
          const series = [...new Set(some)].map(
            (text) => `parcels_total{${label}=${JSON.stringify(text)}} 1`,
          );
          const text = `# HELP parcels_total As of ${some[0] ?? ""}.\n# TYPE parcels_total counter\n${series.join("\n")}\n`;
          const { module, ownFindings, doubts, leftOut } = roundTrip(
            [parseExposition(text, "text")],
            "parcel-service",
          );
          for (const each of some) expect(JSON.stringify([module, doubts, leftOut])).not.toContain(each);
          expect(ownFindings).toEqual([]);
        },
      ),
      { numRuns: 30 },
    );
  });
});

it.each([
  ...[
    "success",
    "insufficient_stock",
    "eu-central-1",
    "HTTP/1.1",
    "NotFound",
    "skipped_because_of_a_rule",
    "v1.2.3",
  ],
  ...[
    "http2_requests",
    "Time that a parcel waited; 502 and 504 where there was no answer.",
    "us-east-1a",
    "sha256",
  ],
])("%s is nobody's secret", (text) => {
  expect([isSensitive(text), withoutSensitive(text)]).toEqual([false, text]);
});
