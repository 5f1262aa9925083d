import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { connect, createServer, type AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { ReceivedByOtlp } from "../../../../metrics/contract/otlp/received";
import { refusalType } from "../../../../metrics/contract/otlp/messages";
import {
  OtlpPortError,
  startOtlpReceiver,
  type OtlpReceiver,
} from "../../../../metrics/contract/otlp/receiver/receiver";
import { bytesOf, counterOf, metricsRequest, tracesRequest } from "../../../support/otlp-requests";

const metrics = metricsRequest("parcels", counterOf("parcels.sent"));
const spans = tracesRequest("parcels", { name: "GET", kind: 2 });
const protobuf = { "content-type": "application/x-protobuf" };
const json = { "content-type": "application/json; charset=utf-8" };
const service = (signal: string, name: string) =>
  `/opentelemetry.proto.collector.${signal}.v1.${name}Service/Export`;

describe("a receiver of OTLP", () => {
  let received: ReceivedByOtlp;
  let told: string[];
  let receiver: OtlpReceiver;

  beforeEach(async () => {
    told = [];
    received = new ReceivedByOtlp(["parcels"], (line) => told.push(line));
    receiver = await startOtlpReceiver(received, { http: 0, grpc: 0 });
  });
  afterEach(() => receiver.stop());

  const post = (path: string, body: Uint8Array | string, headers: Record<string, string> = protobuf) =>
    fetch(`${receiver.urls.http}${path}`, { method: "POST", body: body, headers });
  /** How many metrics and spans came. */
  const came = () => {
    const { series, spans: those } = received.sent.get("parcels") ?? {};
    return [series?.exposition().families.size ?? 0, those?.counts.server ?? 0];
  };
  const refused = () => received.refused().map(({ metric, message }) => `${metric} ${message}`);

  it("takes metrics and spans over HTTP, in either format, compressed or not, and lets log lines be", async () => {
    const answers = [
      await post("/v1/metrics", bytesOf("metrics", metrics, "protobuf")),
      await post("/v1/metrics", gzipSync(bytesOf("metrics", metrics)), {
        ...json,
        "content-encoding": "gzip",
      }),
      await post("/v1/traces", bytesOf("traces", spans), json),
      await post("/v1/traces?x=1", gzipSync(bytesOf("traces", spans, "protobuf")), {
        ...protobuf,
        "content-encoding": "GZIP",
      }),
      await post("/v1/logs", "whatever it is", json),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(answers.map(({ headers }) => headers.get("content-type"))).toEqual([
      ...["application/x-protobuf", "application/json", "application/json", "application/x-protobuf"],
      "application/json",
    ]);
    expect([await answers[0]?.text(), await answers[1]?.text()]).toEqual(["", "{}"]);
    expect([came(), refused()]).toEqual([[1, 2], []]);
    expect(told).toEqual(['"parcels" sends metrics.', '"parcels" sends traces.']);
  });

  it.each<
    [
      what: string,
      path: string,
      body: string,
      headers: Record<string, string>,
      status: number,
      refusal: string,
    ]
  >([
    [
      "another path",
      ...(["/v1/metric", "", protobuf, 404] as const),
      "POST /v1/metric is no path of OTLP, which are /v1/metrics, /v1/traces, /v1/logs; did you mean /v1/metrics?",
    ],
    [
      "the path of nothing",
      ...(["/", "", protobuf, 404] as const),
      "POST / is no path of OTLP, which are /v1/metrics, /v1/traces, /v1/logs; OTEL_EXPORTER_OTLP_ENDPOINT is given without a path, the variables of a signal with all of it",
    ],
    [
      "another type",
      ...(["/v1/traces", "", { "content-type": "text/plain" }, 415] as const),
      'POST /v1/traces has the Content-Type "text/plain"; allowed are application/x-protobuf, application/json',
    ],
    [
      "another compression",
      ...(["/v1/traces", "", { ...protobuf, "content-encoding": "br" }, 415] as const),
      'POST /v1/traces is compressed by "br"; allowed are gzip and none',
    ],
    [
      "no compression where there should be one",
      ...(["/v1/traces", "x", { ...protobuf, "content-encoding": "gzip" }, 400] as const),
      "POST /v1/traces says that it is compressed by gzip, and is not",
    ],
    [
      "bytes that are no message",
      ...(["/v1/metrics", "\u0007", protobuf, 400] as const),
      "POST /v1/metrics is no request of OTLP's metrics in Protocol Buffers: ",
    ],
    [
      "a text that is no JSON",
      ...(["/v1/traces", "{", json, 400] as const),
      "POST /v1/traces is no request of OTLP's traces in JSON: ",
    ],
  ])("refuses %s, and tells of it", async (_what, path, body, headers, status, refusal) => {
    const answer = await post(path, body, headers);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(answer.status).toBe(status);
    const { message } = (
      headers === protobuf || headers["content-type"] === protobuf["content-type"]
        ? refusalType.toObject(refusalType.decode(bytes))
        : JSON.parse(Buffer.from(bytes).toString())
    ) as { message: string };
    expect(message.startsWith(refusal)).toBe(true);
    expect(refused()).toEqual([message]);
    expect(told).toEqual([`Refused: ${message}.`]);
    // It goes on.
    expect((await post("/v1/traces", bytesOf("traces", spans), json)).status).toBe(200);
  });

  it("refuses what is larger than 50 MB, compressed or not", async () => {
    const large = Buffer.alloc(51 * 1024 * 1024);
    const answer = await post("/v1/metrics", gzipSync(large), { ...protobuf, "content-encoding": "gzip" });
    expect(answer.status).toBe(413);
    // The connection may end before all is sent.
    await post("/v1/metrics", large).catch(() => undefined);
    expect(refused()).toEqual([
      "POST /v1/metrics is larger than 50 MB, when it is decompressed",
      "POST /v1/metrics is larger than 50 MB",
    ]);
  });

  it("answers whoever looks with a browser, and makes nothing of it", async () => {
    expect((await fetch(`${receiver.urls.http}/`)).status).toBe(404);
    expect((await fetch(`${receiver.urls.http}/v1/metrics`)).status).toBe(405);
    expect(refused()).toEqual([]);
    await post("/v1/metrics", "", protobuf);
    await fetch(`${receiver.urls.http}/v1/metrics`, { method: "PUT", headers: protobuf, body: "" });
    expect(refused()).toEqual(["PUT /v1/metrics is no POST, which all of OTLP is"]);
  });

  it("names who does not say who it is", async () => {
    await post("/v1/traces", bytesOf("traces", tracesRequest(undefined, { name: "x", kind: 2 })), json);
    expect(told).toEqual(["Someone without a service.name sends traces."]);
  });

  it("goes on where a sender goes away in the middle", async () => {
    const { port } = new URL(receiver.urls.http);
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(
      "POST /v1/metrics HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{",
    );
    await once(socket, "connect");
    socket.destroy();
    expect((await post("/v1/metrics", bytesOf("metrics", metrics), json)).status).toBe(200);
    expect([came(), refused()]).toEqual([[1, 0], []]);
  });

  it.each([
    ["http", Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), "the port of HTTP is asked for gRPC;"],
    ["http", Buffer.from("16030100750100", "hex"), "the port of HTTP is asked for TLS;"],
    [
      "grpc",
      Buffer.from("POST /v1/traces HTTP/1.1\r\nhost: x\r\n\r\n"),
      "the port of gRPC is asked for no gRPC",
    ],
    [
      "grpc",
      Buffer.from(`160301007501000071${"00".repeat(0x71)}`, "hex"),
      "the port of gRPC is asked for no gRPC",
    ],
  ] as const)("tells of another protocol at the port of %s", async (protocol, bytes, reason) => {
    const socket = connect(Number(new URL(receiver.urls[protocol]).port), "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(bytes);
    socket.resume();
    await once(socket, "close");
    expect(refused()).toEqual([expect.stringContaining(reason) as string]);
  });

  /** Calls a method of gRPC, and gives the status that it ends with. */
  async function call(path: string, message: Buffer, headers: Record<string, string> = {}): Promise<string> {
    const session = connectHttp2(receiver.urls.grpc);
    const stream = session.request({
      ...{ ":method": "POST", ":path": path, "content-type": "application/grpc", te: "trailers" },
      ...headers,
    });
    const found: Record<string, unknown> = {};
    const note = (headersOfAnswer: object) => {
      Object.assign(found, headersOfAnswer);
    };
    stream.on("response", note).on("trailers", note);
    stream.resume().end(message);
    await once(stream, "close");
    session.close();
    const text = decodeURIComponent(typeof found["grpc-message"] === "string" ? found["grpc-message"] : "");
    return `${String(found[":status"])} ${String(found["grpc-status"])} ${text}`.trim();
  }
  const framed = (body: Uint8Array, isCompressed = false) => {
    const prefix = Buffer.alloc(5);
    prefix.writeUInt8(isCompressed ? 1 : 0, 0);
    prefix.writeUInt32BE(body.length, 1);
    return Buffer.concat([prefix, body]);
  };

  it("takes metrics and spans over gRPC, compressed or not, and lets log lines be", async () => {
    const inProtobuf = bytesOf("metrics", metrics, "protobuf");
    const gzip = { "grpc-encoding": "gzip" };
    expect(await call(service("metrics", "Metrics"), framed(inProtobuf))).toBe("200 0");
    expect(
      await call(
        service("trace", "Trace"),
        framed(gzipSync(bytesOf("traces", spans, "protobuf")), true),
        gzip,
      ),
    ).toBe("200 0");
    expect(await call(service("logs", "Logs"), framed(Buffer.from("x")))).toBe("200 0");
    expect([came(), refused()]).toEqual([[1, 1], []]);
  });

  it.each([
    [
      "a method that OTLP has not",
      "/parcels.Parcels/Send",
      framed(Buffer.alloc(0)),
      "200 12 gRPC /parcels.Parcels/Send is no method of OTLP",
    ],
    ["what is no message", service("trace", "Trace"), framed(Buffer.from([7])), "200 3 gRPC"],
    ["half a message", service("trace", "Trace"), Buffer.from([0, 0, 0, 0, 9, 1]), "200 3 gRPC"],
    ["no message", service("trace", "Trace"), Buffer.alloc(0), "200 3 gRPC"],
    [
      "what is not compressed as it says",
      service("trace", "Trace"),
      framed(Buffer.from("x"), true),
      "200 3 gRPC",
    ],
    [
      "what is too large",
      service("trace", "Trace"),
      framed(gzipSync(Buffer.alloc(51 * 1024 * 1024)), true),
      "200 8 gRPC",
    ],
  ])("refuses %s over gRPC, and tells of it", async (_what, path, message, answer) => {
    expect((await call(path, message, { "grpc-encoding": "gzip" })).startsWith(answer)).toBe(true);
    expect(refused()).toHaveLength(1);
  });

  it("keeps a hundred kinds of refusals, and counts those", () => {
    for (let index = 0; index < 1_000; index += 1) {
      received.refuse({ what: `POST /${String(index)}`, reason: "is none" });
    }
    received.refuse({ what: "POST /0", reason: "is none" });
    expect([refused().length, refused()[0]]).toEqual([100, "POST /0 is none (2 times)"]);
  });
});

it.each(["http", "grpc"] as const)(
  "a port of %s that is taken is told of, and nothing listens then",
  async (protocol) => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const free = createServer().listen(0, "127.0.0.1");
    await once(free, "listening");
    const { port: second } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const ports = { http: second, grpc: second, [protocol]: port };
    const failure = await startOtlpReceiver(new ReceivedByOtlp([]), ports).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OtlpPortError);
    expect(failure).toMatchObject({
      protocol,
      isTaken: true,
      message: `Port ${String(port)} of 127.0.0.1 is taken.`,
    });
    // The other port is free again.
    const again = createServer().listen(second, "127.0.0.1");
    await once(again, "listening");
    await Promise.all([other, again].map((server) => new Promise((resolve) => server.close(resolve))));
  },
);
