import { STATUS_CODES } from "node:http";
import { Type } from "@sinclair/typebox";
import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";

/** A failure that its message may tell to the client. */
export class Problem extends Error {
  /** @param detail what is wrong and what to do, for people; nothing of the inside */
  constructor(
    readonly statusCode: number,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(detail, options);
    this.name = "Problem";
  }
}

/** One mistake in a request. */
interface Mistake {
  readonly pointer: string;
  readonly detail: string;
}

/** Content type of problems (RFC 9457). */
export const problemType = "application/problem+json; charset=utf-8";

/** Schema of a problem response (RFC 9457). */
export const problemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.Optional(Type.String()),
  errors: Type.Optional(Type.Array(Type.Object({ pointer: Type.String(), detail: Type.String() }))),
});

/** Response schemas for the statuses with which a route may fail. */
export function problems<const C extends number>(...codes: readonly C[]): Record<C, typeof problemSchema> {
  return Object.fromEntries(codes.map((code) => [code, problemSchema])) as Record<C, typeof problemSchema>;
}

/** Answers every failure of an application with a problem. Those of ours tell their detail, others only their status. */
export function answerWithProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = statusOf(error);
    if (status >= 500) request.log.error({ err: error }, "request failed");
    return sendProblem(reply, status, detailOf(error, status), mistakesOf(error));
  });
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, 404, "There is nothing at this address with this method."),
  );
}

/** Sends a problem. */
export function sendProblem(
  reply: FastifyReply,
  status: number,
  detail?: string,
  errors?: readonly Mistake[],
): FastifyReply {
  // Already a string: a route's response schema is for its own answers.
  return reply
    .code(status)
    .type(problemType)
    .serializer((text: string) => text)
    .send(JSON.stringify(problemBody(status, detail, errors)));
}

/** Body of a problem. */
export function problemBody(status: number, detail?: string, errors?: readonly Mistake[]) {
  return {
    type: "about:blank",
    title: STATUS_CODES[status] ?? "Unknown",
    status,
    ...(detail !== undefined && { detail }),
    ...(errors !== undefined && { errors }),
  };
}

/** The status with which a failure is answered. */
export function statusOf(error: { readonly statusCode?: number | undefined }): number {
  const status = error.statusCode ?? 500;
  return status >= 400 && status <= 599 ? status : 500;
}

function detailOf(error: FastifyError, status: number): string | undefined {
  if (error instanceof Problem) return error.detail;
  if (error.validation) return `The ${error.validationContext ?? "request"} does not fit the schema.`;
  // The framework's own messages for bad requests name nothing of the inside.
  return status < 500 && error.code.startsWith("FST_") ? error.message : undefined;
}

function mistakesOf(error: FastifyError): readonly Mistake[] | undefined {
  return error.validation?.map(({ instancePath, message, params }) => ({
    pointer: `#${instancePath}`,
    detail: [message ?? "is not valid", extraOf(params)].filter(Boolean).join(": "),
  }));
}

function extraOf(params: Record<string, unknown>): string {
  const { additionalProperty, allowedValues } = params;
  if (typeof additionalProperty === "string") return additionalProperty;
  return Array.isArray(allowedValues) ? allowedValues.join(", ") : "";
}
