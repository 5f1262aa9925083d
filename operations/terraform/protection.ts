import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Types of resources that hold data, or what is needed to read it. */
const dataTypes = ["docker_volume", "aws_kms_key", "aws_prometheus_workspace"];

interface ResourceJson {
  readonly provider?: string;
  readonly lifecycle?: { readonly prevent_destroy?: boolean };
}

interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, ResourceJson>>>>;
  readonly moved?: readonly Move[];
}

/** An address in a stack's state, and the one that it has now. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** What of a synthesized stack must outlive a deploy and a destroy. */
export class Protection {
  private constructor(
    private readonly file: string,
    private readonly json: StackJson,
  ) {}

  /** @param folder of a stack as synth wrote it */
  static of(folder: string): Protection {
    const file = join(folder, "cdk.tf.json");
    return new Protection(file, JSON.parse(readFileSync(file, "utf8")) as StackJson);
  }

  /** Addresses that have changed since the stack was deployed, perhaps. */
  get moves(): readonly Move[] {
    return this.json.moved ?? [];
  }

  /** Addresses of what the stack protects. */
  get addresses(): readonly string[] {
    return Object.entries(this.json.resource ?? {}).flatMap(([type, ofType]) =>
      Object.entries(ofType).flatMap(([name, { lifecycle }]) =>
        lifecycle?.prevent_destroy === true ? [`${type}.${name}`] : [],
      ),
    );
  }

  /** Whether a protected volume is on another machine's engine: those of the stack's own have no provider of their own. */
  isElsewhere(address: string): boolean {
    const [type = "", name = ""] = address.split(".");
    return this.json.resource?.[type]?.[name]?.provider !== undefined;
  }

  /**
   * Whether what has an address in the state is kept: what the stack protects (`prevent_destroy`), and data that the
   * stack no longer describes, which Terraform would destroy without a word.
   */
  keeps(address: string): boolean {
    const [type = "", name = ""] = address.split(".");
    const block = this.json.resource?.[type]?.[name.replace(/\[.*$/, "")];
    return block === undefined ? dataTypes.includes(type) : block.lifecycle?.prevent_destroy === true;
  }

  /** Takes the protection out of what synth wrote; the next synth writes it again. */
  lift(): void {
    const json = JSON.parse(JSON.stringify(this.json), (key, value: unknown) =>
      key === "prevent_destroy" ? undefined : value,
    ) as StackJson;
    writeFileSync(this.file, JSON.stringify(json, null, 2));
  }
}
