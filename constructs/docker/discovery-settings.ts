import { z } from "zod";
import { duration, text, textThat } from "../../schema/primitives";

/** How often it is asked which targets there are. */
export const refreshInterval = duration("10s", "1h");

/** The same where nothing else is said. */
export const defaultRefreshInterval = "1m";

/** A name in DNS. */
export const dnsName = text(
  /^(?=.{1,253}$)_?[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\._?[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+\.?$/,
  `a name in DNS such as "machines.example.com"`,
);

/** A kind of records that hold addresses. */
export const addressRecord = z.enum(["A", "AAAA"]);

/** A kind of records that hold targets: those of `SRV` hold ports, too. */
export const targetRecord = z.enum(["A", "AAAA", "SRV"]);

const tagAllowed = "1 to 128 letters, digits, spaces and + - = . _ : / @";

/** Tags of instances of EC2 that a filter asks for, each with its value. */
export const tags = z.record(
  text(/^(?! )[\p{L}\p{N} +\-=._:/@]{1,128}(?<! )$/u, tagAllowed),
  textThat(
    (value) => /^[\p{L}\p{N} +\-=._:/@]{0,256}$/u.test(value),
    "a tag's value of at most 256 letters, digits, spaces and + - = . _ : / @, whole: * and ? would stand for others",
  ),
);
