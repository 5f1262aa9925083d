import { availableParallelism } from "node:os";

const transform = {
  "^.+\\.ts$": [
    "@swc/jest",
    { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
  ],
};
const common = {
  testEnvironment: "<rootDir>/__tests__/support/jest-environment.cjs",
  runtime: "<rootDir>/__tests__/support/jest-runtime.cjs",
  transform,
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out/", "<rootDir>/services/dist/"],
};

/** `npm test` runs the project "unit" (Node alone); `npm run test:e2e` the project "e2e" (real programs). */
export default {
  // Only what hangs is to fail by it: a busy machine may let a test wait for seconds.
  testTimeout: 60_000,
  // One more than there are cores, as some tests wait. By default one core stays idle, half of a small machine.
  maxWorkers: availableParallelism() + 1,
  projects: [
    {
      ...common,
      displayName: "unit",
      setupFiles: ["<rootDir>/__tests__/support/stack-traces.ts"],
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/__tests__/e2e/"],
    },
    { ...common, displayName: "e2e", testMatch: ["<rootDir>/__tests__/e2e/**/*.test.ts"] },
  ],
};
