import { Construct } from "constructs";
import type { Problems } from "../props-error";
import { terraformLiteral } from "../terraform-literal";
import { secretsFolder } from "./container-settings";
import { MonitoredContainer } from "./monitored-container";
import {
  type OAuth2ProxyPlace,
  type OidcLogin,
  refusedPage,
  renderOAuth2ProxyConfiguration,
} from "./oauth2-proxy-configuration";
import { oidcLogin, trustedSubnet } from "./oauth2-proxy-settings";
import { checkNetworkedProgram, type NetworkedProgramProps } from "./program-props";
import { programs } from "./programs";

const { name: defaultName, port, metricsPort } = programs.oauth2Proxy;
const configPath = "/etc/oauth2-proxy/oauth2-proxy.cfg";

/** Where oauth2-proxy of the container listens and reads. */
export const oauth2ProxyPlace: Omit<OAuth2ProxyPlace, "trustedSubnet"> = {
  listenAddress: `0.0.0.0:${String(port)}`,
  metricsAddress: `0.0.0.0:${String(metricsPort)}`,
  clientSecretPath: `${secretsFolder}/oidc-client-secret`,
  cookieSecretPath: `${secretsFolder}/oidc-cookie-secret`,
  pagesPath: "/etc/oauth2-proxy/pages",
};

/** oauth2-proxy 7.15 or newer, of an image with `wget`: those whose tag ends in `-alpine`. */
export interface OAuth2ProxyProps extends NetworkedProgramProps {
  /** By which provider people log in, and who of them may come in. */
  readonly login: OidcLogin;
  /**
   * The client's secret at the provider, and the secret by which cookies are sealed: 32 random bytes in base64 of the
   * URL's kind. Values of sensitive variables.
   */
  readonly secrets: { readonly client: string; readonly cookie: string };
  /**
   * Range of the addresses from which the edge asks, such as `172.30.89.0/24`. It believes all who are there what they say
   * of a request: no service may be among them.
   */
  readonly trustedSubnet: string;
}

/**
 * Logs people in by OpenID Connect for the edge, which asks it about each request. It is started again until the
 * provider answers, as it asks that one for its URLs first.
 */
export class OAuth2Proxy extends Construct {
  /** The container that it runs in. */
  readonly container: MonitoredContainer;

  /** @throws PropsError for what the engine or oauth2-proxy would refuse */
  constructor(scope: Construct, id: string, props: OAuth2ProxyProps) {
    checkOAuth2Proxy(props).throwFor(scope, id);
    super(scope, id);
    const { login, name = defaultName, secrets, trustedSubnet: subnet } = props;
    const configuration = renderOAuth2ProxyConfiguration(login, {
      ...oauth2ProxyPlace,
      trustedSubnet: subnet,
    });
    this.container = new MonitoredContainer(this, "server", {
      name,
      image: props.image,
      networks: props.networks,
      entrypoint: ["/bin/oauth2-proxy", "--config", configPath],
      healthCheck: { command: ["wget", "--quiet", "--spider", `http://127.0.0.1:${String(port)}/ping`] },
      limits: props.limits,
      user: "1000:0",
      files: [
        { path: configPath, content: terraformLiteral(configuration) },
        { path: `${oauth2ProxyPlace.pagesPath}/error.html`, content: terraformLiteral(refusedPage) },
        { path: oauth2ProxyPlace.clientSecretPath, content: secrets.client, secret: true },
        { path: oauth2ProxyPlace.cookieSecretPath, content: secrets.cookie, secret: true },
      ],
    });
  }
}

function checkOAuth2Proxy(props: OAuth2ProxyProps): Problems {
  return checkNetworkedProgram(props)
    .holds(oidcLogin, "login", props.login)
    .holds(trustedSubnet, "trustedSubnet", props.trustedSubnet);
}
