import { TerraformStack } from "cdktf";

/**
 * A stack that takes nothing of another one. The framework renders each stack once more before the synth, only to find
 * what it takes of others and to add outputs there: a tenth of a synth. A stack of this class is not asked.
 * What it took of another stack all the same would be rendered as if it were its own.
 */
export abstract class SelfContainedStack extends TerraformStack {
  /** Whether it takes something of another one all the same, in some environments: then it is asked, as others are. */
  protected readonly takesOfOthers: boolean = false;

  override prepareStack(): void {
    // Its backend is there: useStateBackend() made it.
    if (this.takesOfOthers) super.prepareStack();
  }
}
