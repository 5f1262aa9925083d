/**
 * The labels that series may have: some, or all but some. Which is meant follows from what is known: a metric that no
 * catalogue has may have any label, and after `without (pod)` any but that one.
 */
export class LabelSet {
  /** No label at all. */
  static readonly none = LabelSet.of();
  /** Whatever there is: nothing is known. */
  static readonly any = new LabelSet(true, new Set(), false);

  private constructor(
    private readonly isOpen: boolean,
    /** Those that may be there; where the set is open, those that cannot. */
    private readonly names: ReadonlySet<string>,
    /** Whether all series have the same labels, as a union's may not. */
    readonly isUniform: boolean,
  ) {}

  /** Just these labels. */
  static of(...names: readonly string[]): LabelSet {
    return new LabelSet(false, new Set(names), true);
  }

  /** The names, where they are known. */
  get known(): readonly string[] | undefined {
    return this.isOpen ? undefined : [...this.names];
  }

  /** Whether a series may have a label. */
  has(label: string): boolean {
    return this.names.has(label) !== this.isOpen;
  }

  /** Labels added. */
  with(labels: readonly string[]): LabelSet {
    const names = this.isOpen
      ? [...this.names].filter((name) => !labels.includes(name))
      : [...this.names, ...labels];
    return new LabelSet(this.isOpen, new Set(names), this.isUniform);
  }

  /** Labels dropped. */
  without(labels: readonly string[]): LabelSet {
    const names = this.isOpen
      ? [...this.names, ...labels]
      : [...this.names].filter((name) => !labels.includes(name));
    return new LabelSet(this.isOpen, new Set(names), this.isUniform);
  }

  /** Of some labels those that may be there. */
  only(labels: readonly string[]): LabelSet {
    return new LabelSet(
      false,
      new Set(labels.filter((label) => this.has(label))),
      this.isUniform || this.isOpen,
    );
  }

  /** What series of both may have, as where they are matched by all of their labels. */
  and(other: LabelSet): LabelSet {
    if (!this.isOpen) return this.only([...this.names]);
    return other.isOpen
      ? this.without([...other.names])
      : other.only([...other.names].filter((name) => this.has(name)));
  }

  /** What series of either may have. */
  or(other: LabelSet): LabelSet {
    const isUniform = this.isUniform && other.isUniform && this.equals(other);
    if (!this.isOpen && !other.isOpen)
      return new LabelSet(false, new Set([...this.names, ...other.names]), isUniform);
    const missing = (this.isOpen ? this : other).names;
    const lacking = [...missing].filter((name) => !this.has(name) && !other.has(name));
    return new LabelSet(true, new Set(lacking), false);
  }

  private equals(other: LabelSet): boolean {
    return (
      this.isOpen === other.isOpen &&
      this.names.size === other.names.size &&
      [...this.names].every((name) => other.names.has(name))
    );
  }
}
