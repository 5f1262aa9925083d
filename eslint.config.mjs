import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

/**
 * The house: what each room may import of the others (see CONTRIBUTING.md). A room that is not named in a
 * list cannot be reached from there; `framework` stands for cdktf, constructs and the provider bindings.
 */
const mayImport = {
  schema: [],
  metrics: [],
  alerts: ["metrics", "schema"],
  dashboards: ["alerts", "metrics"],
  shop: ["dashboards", "alerts", "metrics"],
  services: ["shop", "metrics"],
  providers: ["framework"],
  constructs: ["framework", "schema"],
  environments: ["services", "shop", "dashboards", "alerts", "metrics", "constructs", "schema"],
  signals: ["environments", "dashboards", "alerts", "metrics", "constructs"],
  stacks: ["signals", "environments", "shop", "dashboards", "alerts", "metrics", "constructs", "framework"],
  operations: ["stacks", "signals", "environments", "metrics"],
  preview: ["operations", "stacks", "environments", "shop", "dashboards", "alerts", "metrics"],
  demo: [
    "preview",
    "operations",
    "stacks",
    "environments",
    "services",
    "shop",
    "dashboards",
    "alerts",
    "metrics",
  ],
  review: [
    "preview",
    "operations",
    "stacks",
    "signals",
    "environments",
    "services",
    "shop",
    "dashboards",
    "alerts",
    "metrics",
    "constructs",
  ],
  commands: [
    "review",
    "demo",
    "preview",
    "operations",
    "stacks",
    "signals",
    "environments",
    "services",
    "shop",
    "dashboards",
    "alerts",
    "metrics",
    "providers",
  ],
};
const rooms = Object.keys(mayImport);
const frameworkPackages = ["cdktf", "cdktf/**", "/constructs", "@cdktf/*", "@cdktf/**"];
const providerIndexes = ["aws", "docker", "grafana"].map((name) => ({
  name: `@cdktf/provider-${name}`,
  message: `The index costs seconds: import from "@cdktf/provider-${name}/lib/<resource>".`,
}));

const houseRules = Object.entries(mayImport).map(([room, allowed]) => ({
  files: [`${room}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        paths: providerIndexes,
        patterns: [
          {
            regex: `^(\\.\\./)+(${rooms.filter((other) => other !== room && !allowed.includes(other)).join("|")})(/|$)`,
            message: `${room}/ may import ${allowed.join(", ") || "no other room"} only (CONTRIBUTING.md, "The house").`,
          },
          ...(allowed.includes("framework")
            ? []
            : [
                {
                  group: frameworkPackages,
                  message: `${room}/ knows nothing of Terraform (CONTRIBUTING.md, "The house").`,
                },
              ]),
        ],
      },
    ],
  },
}));

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/",
      "cdktf.out/",
      "review.out/",
      "coverage/",
      "examples/own-system/",
      "**/dist/",
      "providers/grafana/lib/",
      "preview/page/",
      "preview/vite.config.ts",
    ],
  },
  ...tseslint.configs.strict,
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.recommendedTypeCheckedOnly],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      // An interface has a name in the compiler's messages where a type would be written out over pages.
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: { eqeqeq: "error" },
  },
  ...houseRules,
  {
    // CommonJS scripts have no other way to import.
    files: ["**/*.cjs", "services/healthcheck.js"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  prettier,
);
