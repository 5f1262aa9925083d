import { z } from "zod";
import { httpsUrl, list, text, textThat, wholeNumber } from "../../schema/primitives";
import { privateSubnet } from "./engine-settings";

/** A text that stands on one line, as each of a configuration's does. */
const line = (max: number, allowed: string) =>
  textThat((value) => value.trim() !== "" && value.length <= max && !/\p{Cc}/u.test(value), allowed);

/** Scopes that are asked for: who it is, the address of mail, the name. */
export const defaultScopes = ["openid", "email", "profile"];

/** By which provider people log in (OpenID Connect), and who of them may come in. */
export const oidcLogin = z.strictObject({
  /** The provider's issuer: below it is `/.well-known/openid-configuration`. */
  issuer: httpsUrl,
  /** What the provider calls this client. */
  clientId: line(300, `a client's id of 1 to 300 characters, such as "monitoring"`),
  /** Who may come in: those who are in one of these groups. */
  groups: list(line(300, `a group's name of 1 to 300 characters, such as "on-call"`), 1, 100),
  /** The claim of the ID token, or of the provider's answer on a user, that holds the groups. */
  groupsClaim: line(300, `a claim's name, such as "groups"`),
  /** Scopes that are asked for, `openid` and `email` among them. */
  scopes: list(text(/^[!#-[\]-~]{1,200}$/, `a scope, such as "groups"`), 1, 50).refine(
    (scopes) => scopes.includes("openid") && scopes.includes("email"),
    { error: `scopes with "openid" and "email" among them` },
  ),
  /** Hours after which a login ends and the provider is asked again. */
  sessionHours: wholeNumber(1, 168),
});

/** Addresses from which oauth2-proxy believes what is said of the request: those of the network of the edge. */
export const trustedSubnet = privateSubnet;
