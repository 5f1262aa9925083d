import { connect, type ConnectionOptions, getCiphers, type SecureVersion } from "node:tls";
import { cipherSuites } from "../../../constructs/docker/edge-configuration";
import { caddyProgram, type TestEdge } from "../../support/edge";
import { startChangedEdge, startEdge } from "../../support/edge-running";
import { describeWith } from "../../support/require-program";
import { openssl } from "../../support/server-certificate";
import { temporaryFolder } from "../../support/temporary-folder";

jest.setTimeout(180_000);

const folder = temporaryFolder();
const host = "grafana.example.com";

describeWith([caddyProgram, openssl], "TLS of the edge", () => {
  let edge: TestEdge;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const started = await startEdge(folder(), "tls");
    ({ edge } = started);
    stop = async () => {
      started.behind.stop();
      await edge.stop();
    };
  });
  afterAll(async () => stop());

  /** What was agreed on, or why nothing was. */
  async function handshake(
    options: ConnectionOptions,
    { ports, authority } = edge,
  ): Promise<{ agreed?: string; error?: string }> {
    return new Promise((resolve) => {
      const socket = connect(
        { host: "127.0.0.1", port: ports.https, servername: host, ca: authority, ...options },
        () => {
          resolve({ agreed: `${socket.getProtocol() ?? ""} ${socket.getCipher().standardName}` });
          socket.destroy();
        },
      );
      socket.on("error", (error: Error) => {
        resolve({ error: error.message });
      });
    });
  }

  it("takes no version before 1.2", async () => {
    const findings: string[] = [];
    for (const version of ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] satisfies SecureVersion[]) {
      const { agreed } = await handshake({
        minVersion: version,
        maxVersion: version,
        ciphers: "ALL:@SECLEVEL=0",
      });
      if (agreed !== undefined) findings.push(version);
    }
    expect(findings).toEqual(["TLSv1.2", "TLSv1.3"]);
  });

  it.each([
    ["an elliptic curve", "ec", "ECDSA"],
    ["RSA", "rsa", "RSA"],
  ] as const)(
    "takes no cipher suite of 1.2 without forward secrecy and authenticated encryption, with a key of %s",
    async (_, key, signature) => {
      const started = await startChangedEdge(folder(), `key-${key}`, { key });
      const taken: string[] = [];
      const asked = getCiphers().filter((name) => !name.startsWith("tls_"));
      try {
        for (const name of asked) {
          const { agreed } = await handshake(
            { maxVersion: "TLSv1.2", ciphers: `${name.toUpperCase()}:@SECLEVEL=0` },
            started.edge,
          ).catch(() => ({ agreed: undefined }));
          if (agreed !== undefined) taken.push(agreed.replace("TLSv1.2 ", ""));
        }
        expect((await handshake({}, started.edge)).agreed).toMatch(/^TLSv1\.3 /);
      } finally {
        started.behind.stop();
        await started.edge.stop();
      }
      expect(asked.length).toBeGreaterThan(40);
      const withItsKey = cipherSuites.filter((name) => name.startsWith(`TLS_ECDHE_${signature}_`));
      expect(withItsKey).toHaveLength(3);
      expect([...new Set(taken)].sort()).toEqual([...withItsKey].sort());
    },
  );

  it("knows the hosts of its sites alone, and is believed by who trusts its authority alone", async () => {
    expect((await handshake({})).agreed).toMatch(/^TLSv1\.3 /);
    expect((await handshake({ servername: "other.example.com" })).error).toMatch(/alert|handshake/i);
    expect((await handshake({ ca: [] })).error).toMatch(/certificate/);
  });

  it("sends who comes by HTTP to HTTPS", async () => {
    const url = `http://127.0.0.1:${String(edge.ports.http)}/d/overview?from=now`;
    const { request } = await import("node:http");
    const answer = await new Promise<{ status?: number; location?: string }>((resolve, reject) => {
      request(url, { headers: { Host: host } }, ({ statusCode, headers: { location } }) => {
        resolve({ status: statusCode, location });
      })
        .on("error", reject)
        .end();
    });
    expect(answer).toEqual({
      status: 308,
      location: `https://${host}:${String(edge.ports.https)}/d/overview?from=now`,
    });
  });

  it("tells browsers to come by HTTPS, whatever it answers", async () => {
    for (const [at, path, status] of [
      [host, "/", 200],
      ["prometheus.example.com", "/", 401],
      ["api.example.com", "/", 200],
    ] as const) {
      const { headers, status: found } = await edge.ask(at, path);
      expect([at, found]).toEqual([at, status]);
      expect(headers).toMatchObject({
        "strict-transport-security": "max-age=31536000",
        "x-content-type-options": "nosniff",
        "x-frame-options": "SAMEORIGIN",
      });
      expect(Object.keys(headers).filter((name) => /^(server|via|x-powered-by)$/.test(name))).toEqual([]);
    }
  });
});
