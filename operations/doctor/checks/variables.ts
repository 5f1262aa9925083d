import { type Finding, ok, problem } from "../../checks/check";
import type { DoctorCheck } from "../check";

/** Whether the variables that the stacks need are set. */
export const variablesCheck: DoctorCheck = {
  name: "Variables",
  isCheap: true,
  timeLimitMs: 5_000,
  run({ contents, env }): Finding[] {
    const stacksOf = new Map<string, { description: string; stacks: string[] }>();
    for (const { stack, variables } of contents) {
      for (const { name, description } of variables) {
        const known = stacksOf.get(name) ?? { description, stacks: [] };
        stacksOf.set(name, { ...known, stacks: [...known.stacks, stack.name] });
      }
    }
    if (stacksOf.size === 0) return [];
    const missing = [...stacksOf].filter(([name]) => (env[`TF_VAR_${name}`] ?? "") === "");
    if (missing.length === 0) return [ok(`all ${String(stacksOf.size)} are set`)];
    return missing.map(([name, { description, stacks }]) =>
      problem(
        `TF_VAR_${name} of ${stacks.join(", ")} is not set: ${description}`,
        `export TF_VAR_${name}=...`,
      ),
    );
  },
};
