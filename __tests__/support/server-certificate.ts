import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ServerCertificate } from "./editing-proxy";
import type { Program } from "./require-program";

/** Makes certificates. */
export const openssl: Program = { name: "openssl", hint: "Install openssl (apt-get install openssl)." };

/** A certificate of 127.0.0.1 that is its own authority, and the file with it. */
export interface MadeCertificate extends ServerCertificate {
  readonly file: string;
}

/** Makes a certificate that is valid from now on, for so many days. */
export function certificateFor(days: number, folder: string): MadeCertificate {
  const [keyFile, file] = ["key", "cert"].map((part) => join(folder, `${part}-${String(days)}.pem`)) as [
    string,
    string,
  ];
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"],
      ...["-days", String(days), "-subj", `/CN=days-${String(days)}`],
      ...["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", keyFile, "-out", file],
    ],
    { stdio: "ignore" },
  );
  return { key: readFileSync(keyFile, "utf8"), cert: readFileSync(file, "utf8"), file };
}
