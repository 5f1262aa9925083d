import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** The bucket of an S3 state backend in the AWS emulator, by plain HTTP: the emulator checks no signatures. */
export class S3StateBucket {
  constructor(
    private readonly url: string,
    private readonly name: string,
    private readonly region: string,
  ) {}

  /** Makes the bucket. */
  async create(): Promise<void> {
    const location = `<LocationConstraint>${this.region}</LocationConstraint>`;
    await this.request("PUT", "", `<CreateBucketConfiguration>${location}</CreateBucketConfiguration>`);
  }

  /** Writes what `terraform init` must know of the emulator, and gives the argument that names it. */
  backendConfig(folder: string): string {
    const file = join(folder, "emulator.s3.tfbackend");
    writeFileSync(file, `endpoints = { s3 = ${JSON.stringify(this.url)} }\nuse_path_style = true\n`);
    return `-backend-config=${file}`;
  }

  /** Keys of all objects. */
  async keys(): Promise<string[]> {
    const listed = await (await this.request("GET", "?list-type=2")).text();
    return [...listed.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = ""]) => key);
  }

  async put(key: string, body: string): Promise<void> {
    await this.request("PUT", `/${key}`, body);
  }

  private async request(method: string, path: string, body?: string): Promise<Response> {
    const address = `${this.url}/${this.name}${path}`;
    const response = await fetch(address, { method, ...(body === undefined ? {} : { body }) });
    if (!response.ok)
      throw new Error(`${method} ${address}: ${String(response.status)} ${await response.text()}`);
    return response;
  }
}
