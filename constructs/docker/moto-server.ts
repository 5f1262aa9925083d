/** Where a moto listens. */
export interface MotoPorts {
  /** IPv4 address at which it listens. */
  readonly address: string;
  /** Of plain HTTP. */
  readonly port: number;
  /** Of TLS, with a certificate that nobody vouches for. */
  readonly tlsPort: number;
}

/**
 * A program in Python that serves one moto over HTTP and over TLS: its own command does one of the two, and Fluent Bit
 * speaks to AWS over TLS alone.
 */
export function motoServer({ address, port, tlsPort }: MotoPorts): string {
  return [
    "from threading import Thread",
    "from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app",
    "from werkzeug.serving import run_simple",
    "app = DomainDispatcherApplication(create_backend_app)",
    "def serve(port, **options):",
    `    run_simple("${address}", port, app, threaded=True, **options)`,
    `Thread(target=serve, args=(${String(tlsPort)},), kwargs={"ssl_context": "adhoc"}, daemon=True).start()`,
    `serve(${String(port)})`,
  ].join("\n");
}
