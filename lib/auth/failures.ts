import "server-only";
import type { z } from "zod";
import { AppError, type FieldProblem } from "@/lib/errors";
import { logger } from "@/lib/logger";

export const problemsOf = (error: z.ZodError): FieldProblem[] =>
  error.issues.map((issue) => ({ path: issue.path.join("."), expected: issue.message }));

/** The database does not answer, or has no connection left (Prisma P1xxx, P2024; Node's own). */
const UNREACHABLE = /^(P10(01|02|08|17)|P2024|ECONNREFUSED|ECONNRESET|ETIMEDOUT|57P0[123]|53300)$/;

const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";

/** What leaves the server is a code of the closed list; the cause goes to the log. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) {
    if (error.code === "INTERNAL" || error.cause) logger.error(error);
    return error;
  }
  logger.error(error);
  const unreachable = UNREACHABLE.test(codeOf(error)) || UNREACHABLE.test(codeOf((error as Error | null)?.cause));
  return new AppError(unreachable ? "UNAVAILABLE" : "INTERNAL", { cause: error });
}
