import { parse as parseYaml } from "yaml";
import { secondsOf } from "../../metrics/duration";

/** A rule as a file of rules has it. */
export interface ExpectedRule {
  readonly kind: "alerting" | "recording";
  readonly name: string;
  readonly expr: string;
  /** Seconds for which an alert's condition must hold. */
  readonly forSeconds: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** A group of rules as a file of rules has it. */
export interface ExpectedGroup {
  /** Name of the file. */
  readonly file: string;
  readonly name: string;
  readonly rules: readonly ExpectedRule[];
}

interface FileOfRules {
  readonly groups?: readonly {
    readonly name: string;
    readonly rules: readonly {
      readonly alert?: string;
      readonly record?: string;
      readonly expr: string;
      readonly for?: string;
      readonly labels?: Readonly<Record<string, string>>;
    }[];
  }[];
}

/** The groups in files of rules. */
export function expectedGroups(files: Readonly<Record<string, string>>): readonly ExpectedGroup[] {
  return Object.entries(files).flatMap(([file, text]) =>
    ((parseYaml(text) as FileOfRules).groups ?? []).map(({ name, rules }) => ({
      file,
      name,
      rules: rules.map(({ alert, record, expr, for: held, labels = {} }) => ({
        kind: alert === undefined ? ("recording" as const) : ("alerting" as const),
        name: alert ?? record ?? "",
        expr,
        forSeconds: held === undefined ? 0 : secondsOf(held),
        labels,
      })),
    })),
  );
}
