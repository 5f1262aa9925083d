import { readFileSync } from "node:fs";
import { Type } from "@sinclair/typebox";
import { z } from "zod";
import { traced, type Environment } from "../instrumentation";
import { createApp, type App } from "../platform/app";
import { roles } from "../platform/authentication";
import { commonConfig, ConfigError, readConfig, wholeNumber, type CommonConfig } from "../platform/config";
import { Problem, problems } from "../platform/problem";
import { businessMetrics } from "../platform/instrumentation";
import { servicePrograms } from "../programs";
import { HasherBusyError, PasswordHasher } from "./passwords";
import { Tokens } from "./tokens";
import { UserStore } from "./users";

const passwordLength = { minLength: 8, maxLength: 128 } as const;
/** Name of the account that STAFF_PASSWORD_FILE makes. */
const staffName = "staff";
const credentialsSchema = Type.Object(
  {
    username: Type.String({ pattern: "^[A-Za-z0-9._-]{3,64}$" }),
    password: Type.String(passwordLength),
  },
  { additionalProperties: false },
);
const userSchema = Type.Object({ id: Type.String(), username: Type.String() });
const tokenSchema = Type.Object({
  token: Type.String(),
  tokenType: Type.Literal("Bearer"),
  expiresIn: Type.Integer({ description: "seconds" }),
});
const validateSchema = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 4_096 }) },
  { additionalProperties: false },
);
const identitySchema = Type.Object({
  userId: Type.String(),
  username: Type.String(),
  role: Type.Union(roles.map((role) => Type.Literal(role))),
});

/** What the auth service reads beside the common variables. */
const settings = {
  ...commonConfig(servicePrograms["auth-service"].port),
  /** Most accounts that the service holds; the oldest goes for a further one. */
  MAX_USERS: wholeNumber({ min: 1, max: 1_000_000, default: 10_000 }),
  /** How long a token is valid, in seconds. */
  TOKEN_LIFETIME_SECONDS: wholeNumber({ min: 1, max: 604_800, default: 3_600 }),
  /** Cost of a password's hash: the binary logarithm of scrypt's N. */
  PASSWORD_COST: wholeNumber({ min: 10, max: 18, default: 14 }),
  /** The p of scrypt. */
  PASSWORD_PARALLELIZATION: wholeNumber({ min: 1, max: 16, default: 5 }),
  /**
   * File with the password, on its first line, of the account "staff", which may change the range and its stock.
   * Default: none; there is no such account then, and nobody may.
   */
  STAFF_PASSWORD_FILE: z.string().optional(),
};

/** The auth service: accounts, tokens, and whether a token holds. */
export function createAuthService(env: Environment): { app: App; config: CommonConfig } {
  const config = readConfig(settings, env);
  const hasher = new PasswordHasher(config.PASSWORD_COST, config.PASSWORD_PARALLELIZATION, 64);
  const tokens = new Tokens(config.TOKEN_LIFETIME_SECONDS);
  const users = new UserStore(config.MAX_USERS);
  const staffPassword = readStaffPassword(config.STAFF_PASSWORD_FILE);
  const app = createApp({
    service: "auth-service",
    config,
    env,
    routes: (scope) => {
      if (staffPassword !== undefined) {
        scope.addHook("onReady", async () => {
          users.add(staffName, await hasher.hash(staffPassword), "staff");
        });
      }
      addAccountRoutes(scope, users, hasher, tokens);
      addValidation(scope, tokens);
    },
  });
  return { app, config };
}

/** @throws ConfigError when the file is not there or holds no password that an account may have */
function readStaffPassword(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  const refuse = (problem: string) => new ConfigError([`STAFF_PASSWORD_FILE: ${problem}`]);
  let password: string | undefined;
  try {
    password = readFileSync(file, "utf8").split(/\r?\n/, 1)[0];
  } catch (error) {
    throw refuse(`the file cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
  }
  const { minLength, maxLength } = passwordLength;
  if (password === undefined || password.length < minLength || password.length > maxLength) {
    throw refuse(`expected ${String(minLength)} to ${String(maxLength)} characters on the file's first line`);
  }
  return password;
}

function addAccountRoutes(app: App, users: UserStore, hasher: PasswordHasher, tokens: Tokens): void {
  const metrics = businessMetrics(app, "auth-service");
  const taken = () => new Problem(409, "This name is taken.");
  app.post(
    "/register",
    {
      schema: {
        body: credentialsSchema,
        response: { 201: userSchema, ...problems(400, 409, 413, 415, 503) },
      },
    },
    async (request, reply) => {
      const { username, password } = request.body;
      if (users.has(username)) throw taken();
      const hashed = await traced("hash password", () => unlessBusy(hasher.hash(password)));
      const user = users.add(username, hashed);
      if (!user) throw taken();
      metrics.registrations_total.inc();
      return reply.code(201).send({ id: user.id, username: user.username });
    },
  );
  app.post(
    "/login",
    {
      schema: {
        body: credentialsSchema,
        response: { 200: tokenSchema, ...problems(400, 401, 413, 415, 503) },
      },
    },
    async ({ body: { username, password } }) => {
      const user = users.get(username);
      const isRight = await traced("verify password", () =>
        unlessBusy(hasher.verify(password, user?.password)),
      );
      metrics.login_attempts_total.inc({ status: isRight ? "success" : "failure" });
      if (!user || !isRight) throw new Problem(401, "There is no such user, or the password is another one.");
      const token = tokens.issue({ userId: user.id, username: user.username, role: user.role });
      return { token, tokenType: "Bearer" as const, expiresIn: tokens.lifetimeSeconds };
    },
  );
}

function addValidation(app: App, tokens: Tokens): void {
  const metrics = businessMetrics(app, "auth-service");
  app.post(
    "/validate",
    { schema: { body: validateSchema, response: { 200: identitySchema, ...problems(400, 401, 413, 415) } } },
    ({ body: { token } }) => {
      const validation = tokens.validate(token);
      metrics.token_validations_total.inc({ result: validation.result });
      if (validation.result !== "valid") throw new Problem(401, `The token is ${validation.result}.`);
      return validation.identity;
    },
  );
}

async function unlessBusy<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof HasherBusyError)
      throw new Problem(503, "Too many logins at a time; try again soon.");
    throw error;
  }
}
