import { checkOtlp } from "../../../../metrics/contract/otlp/check";
import { describeOtlp } from "../../../../metrics/contract/report";
import { attributes, receivedOf, tracesRequest } from "../../../support/otlp-requests";
import { catalogue } from "../../../support/system";

const service = "order-service";
type Attributes = Readonly<Record<string, string | number>>;

const ofServer: Attributes = {
  ...{ "http.request.method": "GET", "http.route": "/orders/:id", "http.response.status_code": 200 },
  ...{ "url.path": "/orders/17", "url.scheme": "http" },
};
const ofClient: Attributes = {
  ...{
    "http.request.method": "GET",
    "http.response.status_code": 200,
    "url.full": "http://product-service:8000/p/1",
  },
  ...{ "server.address": "product-service", "peer.service": "product-service" },
};
const server = (name: string, values: Attributes, status = {}) => ({
  ...{ name, kind: 2, status, attributes: attributes(values) },
});
const client = (values: Attributes, status = {}) => ({
  name: "GET",
  kind: 3,
  status,
  attributes: attributes(values),
});
const without = (values: Attributes, ...names: string[]) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));

function findingsIn(...spans: readonly object[]): readonly string[] {
  const { services, findings } = checkOtlp(receivedOf(tracesRequest(service, ...spans)), {
    catalogue,
    service,
  });
  return [...services.flatMap((each) => each.findings), ...findings].map(
    ({ kind, metric, message }) => `${kind}: ${metric} ${message}`,
  );
}
const error = { code: 2 };

describe("the contract check of server spans", () => {
  it.each<[what: string, span: object]>([
    ["one that fits", server("GET /orders/:id", ofServer)],
    ["an error", server("GET /orders/:id", { ...ofServer, "http.response.status_code": 503 }, error)],
    [
      "no route that matched",
      server("GET", { ...without(ofServer, "http.route"), "http.response.status_code": 404 }),
    ],
    [
      "a redirection before any route",
      server("GET", { ...without(ofServer, "http.route"), "http.response.status_code": 308 }),
    ],
    [
      "OPTIONS, answered before any route",
      server("OPTIONS", { "http.request.method": "OPTIONS", "http.response.status_code": 204 }),
    ],
    [
      "one that ended without an answer",
      server("GET /orders/:id", without(ofServer, "http.response.status_code"), error),
    ],
    [
      "both names of an attribute",
      server("GET /orders/:id", { ...ofServer, "http.method": "GET", "http.status_code": 200 }),
    ],
    [
      "a route of another framework's form",
      server("GET /orders/<int:id>", { ...ofServer, "http.route": "/orders/<int:id>" }),
    ],
    ["a server of RPC", server("parcels.Parcels/Send", { "rpc.system": "grpc", "rpc.method": "Send" })],
    ["what is no server's", { name: "approve payment", kind: 1 }],
  ])("finds nothing in %s", (_what, span) => {
    expect(findingsIn(span)).toEqual([]);
  });

  it.each<[what: string, spans: readonly object[], findings: readonly string[]]>([
    [
      "a name that is the path",
      [server("GET /orders/mine", { ...ofServer, "url.path": "/orders/mine" })],
      [
        'name: server spans (1: "GET /orders/mine") are named by their path; name them by method and http.route, such as "GET /orders/:id"',
      ],
    ],
    [
      "a name without the route",
      [server("GET", ofServer), server("POST", ofServer)],
      [
        'name: server spans (2: "GET", "POST") are not named by their http.route; name them by method and route, such as "GET /orders/:id"',
      ],
    ],
    [
      "paths as routes",
      [server("GET /orders/17", { ...ofServer, "http.route": "/orders/17" })],
      [
        'attribute: server spans have http.route="/orders/17", which are paths; give their template, such as "/orders/:id"',
      ],
    ],
    [
      "paths as names, without a route",
      ["17", "18"].map((id) => server(`GET /orders/${id}`, without(ofServer, "http.route"))),
      [
        'name: server spans are named by the paths "/orders/17", "/orders/18"; name them by the template, such as "/orders/:id"',
        'attribute: server spans (2: "GET /orders/17", "GET /orders/18") lack http.route, by which panels lead to the traces of a route',
      ],
    ],
    [
      "an error without a route",
      [server("GET", { ...without(ofServer, "http.route"), "http.response.status_code": 500 }, error)],
      ['attribute: server spans (1: "GET") lack http.route, by which panels lead to the traces of a route'],
    ],
    [
      "no attribute at all",
      [server("GET /orders/:id", {})],
      [
        'attribute: server spans (1: "GET /orders/:id") lack http.request.method',
        'attribute: server spans (1: "GET /orders/:id") lack http.response.status_code',
        'attribute: server spans (1: "GET /orders/:id") lack http.route, by which panels lead to the traces of a route',
      ],
    ],
    [
      "names that attributes had once, and what is wrong under them",
      [
        server("GET /orders/:id", {
          "http.method": "GET",
          "http.status_code": 500,
          "http.route": "/orders/:id",
        }),
      ],
      [
        'attribute: server spans (1: "GET /orders/:id") have http.method, which is http.request.method now; many SDKs write it with OTEL_SEMCONV_STABILITY_OPT_IN=http',
        'attribute: server spans (1: "GET /orders/:id") have http.status_code, which is http.response.status_code now; many SDKs write it with OTEL_SEMCONV_STABILITY_OPT_IN=http',
        'status: server spans (1: "GET /orders/:id") were answered with 500 or above and are no errors: set their status',
      ],
    ],
    [
      "a status that is none",
      [server("GET /orders/:id", { ...ofServer, "http.response.status_code": "OK" })],
      ['attribute: server spans (1: "GET /orders/:id") have "OK" as their status; allowed are 100 to 599'],
    ],
  ])("finds %s", (_what, spans, findings) => {
    expect(findingsIn(...spans)).toEqual(findings);
  });

  it("names three spans at most", () => {
    const names = ["a", "b", "c", "d", "e"].map((name) => server(name, ofServer));
    expect(findingsIn(...names)).toEqual([
      expect.stringMatching(/spans \(5: "a", "b", "c" and more\) are/) as string,
    ]);
  });
});

describe("the contract check of client spans", () => {
  const noPeer = without(ofClient, "peer.service");
  const to = (address: string) => client({ ...noPeer, "server.address": address });
  const lacking = 'peer: client spans (1: "GET") lack peer.service, by which calls are counted';

  it.each<[what: string, span: object]>([
    ["one that fits", client(ofClient)],
    ["a call without an answer", client(without(ofClient, "http.response.status_code"), error)],
    ["a call of someone outside", to("api.payments.example")],
    [
      "one outside, with attributes of once",
      client({ "http.method": "GET", "http.url": "https://payments.example/x" }),
    ],
    ["a database", client({ "db.system.name": "postgresql", "server.address": "postgres" })],
    [
      "a database over HTTP",
      client({ ...noPeer, "db.system.name": "elasticsearch", "server.address": "elasticsearch" }),
    ],
    ["a call of no known kind", client({ "server.address": "cache" })],
    ["a call of a named service by RPC", client({ "rpc.system": "grpc", "peer.service": "product-service" })],
  ])("finds nothing in %s", (_what, span) => {
    expect(findingsIn(span)).toEqual([]);
  });

  it.each([
    ...["product-service", "product-service.shop.svc.cluster.local", "product-service.example", "localhost"],
    ...["127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "::1", "[fd00::1]", "parcels.internal"],
  ])("finds a call of %s without peer.service", (address) => {
    expect(findingsIn(to(address))).toEqual([lacking]);
  });

  it.each(["8.8.8.8", "172.32.0.1", "2001:db8::1", "payments.example"])("lets a call of %s be", (address) => {
    expect(findingsIn(to(address))).toEqual([]);
  });

  it("reads the host of a URL where there is no address", () => {
    const others = without(noPeer, "server.address");
    expect(findingsIn(client(others))).toEqual([lacking]);
    expect(findingsIn(client({ ...others, "url.full": "https://payments.example/x" }))).toEqual([]);
    expect(findingsIn(client({ ...others, "url.full": "no URL" }))).toEqual([]);
  });

  it.each<[what: string, span: object, findings: readonly string[]]>([
    [
      "a peer that is no service",
      client({ ...ofClient, "peer.service": "products-service" }),
      [
        'peer: client spans (1: "GET") have peer.service="products-service", which no service of the catalogue is called; did you mean "product-service"?',
      ],
    ],
    [
      "the peer under its newer name",
      client({ ...noPeer, "service.peer.name": "product-service" }),
      [
        'peer: client spans (1: "GET") have service.peer.name in place of peer.service, by which calls are counted',
      ],
    ],
    [
      "a call by RPC without a peer",
      client({ "rpc.system": "grpc", "server.address": "product-service" }),
      [lacking],
    ],
    [
      "the status under the name that it had once",
      client({ ...without(ofClient, "http.response.status_code"), "http.status_code": 200 }),
      [
        'attribute: client spans (1: "GET") have http.status_code, which is http.response.status_code now; many SDKs write it with OTEL_SEMCONV_STABILITY_OPT_IN=http',
      ],
    ],
    [
      "no status, though there was an answer",
      client(without(ofClient, "http.response.status_code")),
      ['attribute: client spans (1: "GET") lack http.response.status_code'],
    ],
  ])("finds %s", (_what, span, findings) => {
    expect(findingsIn(span)).toEqual(findings);
  });
});

it("the report says what came, what is wrong, and what was not checked", () => {
  const received = receivedOf(
    tracesRequest(service, server("GET", ofServer), client(ofClient)),
    tracesRequest("api-gateway", client(ofClient)),
    tracesRequest("\u001b[31m", client(ofClient)),
  );
  received.refuse({ what: "POST /", reason: "is no path of OTLP" });
  received.refuse({ what: "POST /", reason: "is no path of OTLP" });
  expect(describeOtlp(checkOtlp(received, { catalogue, service })).split("\n")).toEqual([
    "order-service by OTLP: no metrics, 1 server span, 1 client span, 1 finding.",
    expect.stringContaining(
      '  name       server spans (1: "GET") are not named by their http.route',
    ) as string,
    "  No metrics came, so none were checked. SDKs send them once a minute by default; what is exposed at /metrics is checked with --url.",
    "In what came by OTLP:",
    "  request    POST / is no path of OTLP (2 times)",
    'Not checked: what api-gateway, "\\u001b[31m" sent.',
  ]);
});
