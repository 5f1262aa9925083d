import { Construct } from "constructs";
import { secretsFolder } from "./container-settings";
import { dataVolume } from "./data-volume";
import {
  checkLogins,
  type GrafanaOidc,
  type GrafanaSmtp,
  loginFiles,
  oidcEnvironment,
  smtpEnvironment,
} from "./grafana-logins";
import { MonitoredContainer } from "./monitored-container";
import { checkServer, type ServerProps } from "./program-props";
import { programs } from "./programs";

const { name: defaultName, port } = programs.grafana;
const passwordPath = `${secretsFolder}/grafana-admin-password`;

/** Grafana 11 or newer. */
export interface GrafanaProps extends ServerProps {
  /**
   * Password of `admin`: the value of a sensitive variable. It is a file in the container, which Grafana reads when its
   * volume is empty; later `grafana cli admin reset-admin-password` takes it over.
   */
  readonly adminPassword: string;
  /**
   * Plugins that it fetches from grafana.com when it starts first: their versions by their ids.
   * @default {} - none; it calls nobody
   */
  readonly plugins?: Readonly<Record<string, string>>;
  /**
   * Whether data sources may sign their requests as AWS asks for.
   * @default false
   */
  readonly signsRequests?: boolean;
  /**
   * Whether people reach it by TLS alone: browsers then send its cookies by no other way.
   * @default false
   */
  readonly secureCookies?: boolean;
  /**
   * How people log in by OpenID Connect. `externalUrl` must be of `https://`; cookies are then secure.
   * @default - with accounts that `admin` makes
   */
  readonly oidc?: GrafanaOidc;
  /**
   * By which mail server it sends invitations and links to reset a password.
   * @default - it sends no mail
   */
  readonly smtp?: GrafanaSmtp;
}

/**
 * A Grafana server with its data in a volume, `<name>-data`. Nobody gets in without an account. An account is made by
 * `admin` or, with `oidc`, of the login of somebody who is in a group with a role. It calls nobody but the provider, the
 * mail server, and grafana.com for plugins that it is to have.
 */
export class Grafana extends Construct {
  /** The container that it runs in. */
  readonly container: MonitoredContainer;

  /** @throws PropsError for what the engine would refuse or what could not work */
  constructor(scope: Construct, id: string, props: GrafanaProps) {
    checkLogins(checkServer(props), props).throwFor(scope, id);
    super(scope, id);
    const { oidc, smtp } = props;
    const name = props.name ?? defaultName;
    const data = dataVolume(this, `${name}-data`);
    this.container = new MonitoredContainer(this, "server", {
      name,
      image: props.image,
      networks: props.networks,
      environment: {
        GF_SERVER_ROOT_URL: props.externalUrl,
        GF_SECURITY_ADMIN_USER: "admin",
        GF_SECURITY_ADMIN_PASSWORD__FILE: passwordPath,
        GF_USERS_ALLOW_SIGN_UP: "false",
        GF_AUTH_ANONYMOUS_ENABLED: "false",
        GF_ANALYTICS_REPORTING_ENABLED: "false",
        GF_ANALYTICS_CHECK_FOR_UPDATES: "false",
        GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: "false",
        GF_NEWS_NEWS_FEED_ENABLED: "false",
        ...preinstalled(props.plugins),
        ...(props.signsRequests === true && { GF_AUTH_SIGV4_AUTH_ENABLED: "true" }),
        ...((props.secureCookies === true || oidc !== undefined) && {
          GF_SECURITY_COOKIE_SECURE: "true",
          GF_SECURITY_COOKIE_SAMESITE: "lax",
          GF_SECURITY_DISABLE_GRAVATAR: "true",
        }),
        ...(oidc && oidcEnvironment(oidc, props.externalUrl)),
        ...(smtp && smtpEnvironment(smtp)),
      },
      healthCheck: {
        command: ["wget", "--quiet", "--spider", `http://127.0.0.1:${String(port)}/api/health`],
        startPeriodSeconds: 60,
      },
      limits: props.limits,
      user: "472:0",
      ports: [{ container: port, host: props.hostPort, address: props.publishOn }],
      volumes: [{ volume: data, path: "/var/lib/grafana" }],
      files: [{ path: passwordPath, content: props.adminPassword, secret: true }, ...loginFiles(oidc, smtp)],
    });
  }
}

/** Before it answers, as data sources need them, and never another version than this. */
function preinstalled(plugins: GrafanaProps["plugins"] = {}): Record<string, string> {
  const pinned = Object.entries(plugins).map(([id, version]) => `${id}@${version}`);
  if (pinned.length === 0) return { GF_PLUGINS_PREINSTALL_DISABLED: "true" };
  return {
    GF_PLUGINS_PREINSTALL_SYNC: pinned.join(","),
    GF_PLUGINS_PREINSTALL_AUTO_UPDATE: "false",
  };
}
