import { type Handler, redirectTo, takesPages, toOAuth2Proxy } from "./edge-login";
import { loginPage } from "./login-pages";
import { beginPath, loginPrefix } from "./oauth2-proxy-configuration";

/** Paths of a host at which people log in and out. All others of oauth2-proxy's are nobody's. */
const paths = {
  start: `${loginPrefix}/start`,
  callback: `${loginPrefix}/callback`,
  signOut: `${loginPrefix}/sign_out`,
  signedOut: `${loginPrefix}/signed_out`,
} as const;

/** What a host's login matches: for the limit of requests. */
export function loginMatcher(host: string): Handler {
  return { host: [host], path: [`${loginPrefix}/*`] };
}

/**
 * Routes by which people log in and out.
 * @param homes where to begin at each host
 */
export function loginRoutes(dial: string, homes: Readonly<Record<string, string>>): readonly Handler[] {
  const hosts = Object.keys(homes);
  if (hosts.length === 0) return [];
  const at = (...path: string[]) => [{ host: hosts, path }];
  const asked = { handler: "vars", login: "asked" };
  return [
    { match: at(paths.start, paths.callback), handle: [asked, toOAuth2Proxy(dial)], terminal: true },
    {
      match: at(paths.signOut),
      // Wherever a link wants to lead afterwards.
      handle: [
        asked,
        { ...toOAuth2Proxy(dial), rewrite: { method: "GET", uri: `${paths.signOut}?rd=${paths.signedOut}` } },
      ],
      terminal: true,
    },
    { match: at(paths.signedOut), handle: [page(200, signedOut)], terminal: true },
    ...Object.entries(homes).map(([host, home]) => ({
      match: [{ host: [host], path: [beginPath] }],
      handle: [redirectTo(home)],
      terminal: true,
    })),
    {
      match: at(loginPrefix, `${loginPrefix}/*`),
      handle: [{ handler: "static_response", status_code: 404 }],
      terminal: true,
    },
  ];
}

const signedOut = loginPage({
  title: "You are signed out",
  text: "You are signed out at this address. The provider of logins may still know you: sign out there, too, if others use this browser.",
  link: { text: "Log in again", path: beginPath },
});

const away = {
  title: "Nobody can log in at the moment",
  text: "What asks the provider of logins does not answer, so that nobody can log in by it. Wait a minute and try again.",
};

/** What is answered where oauth2-proxy does not answer. */
export function loginErrors(safeHeaders: Handler): readonly Handler[] {
  const askedInVain = {
    vars: { login: ["asked"] },
    vars_regexp: { "{http.error.status_code}": { pattern: "^50[234]$" } },
  };
  const link = { text: "Try again", path: "" };
  return [
    {
      match: [{ ...askedInVain, ...takesPages }],
      handle: [safeHeaders, page(503, loginPage({ ...away, link }))],
      terminal: true,
    },
    {
      match: [askedInVain],
      handle: [
        safeHeaders,
        { handler: "static_response", status_code: 503, body: `${away.title}. ${away.text}` },
      ],
      terminal: true,
    },
  ];
}

function page(status: number, body: string): Handler {
  const headers = {
    "Content-Type": ["text/html; charset=utf-8"],
    "Content-Security-Policy": ["default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"],
    "Cache-Control": ["no-store"],
  };
  return { handler: "static_response", status_code: status, headers, body };
}
