/** The closed list of what can go wrong; the interface maps each to a sentence that says what to do. */
export const APP_ERROR_CODES = [
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "STEP_UP_REQUIRED",
  "INVALID_INPUT",
  "NOT_FOUND",
  "CONFLICT",
  "RATE_LIMITED",
  "UNAVAILABLE",
  "FENCED",
  "INTERNAL",
] as const;

export type AppErrorCode = (typeof APP_ERROR_CODES)[number];

/** One failing field: where it is and what was expected there. */
export type FieldProblem = { path: string; expected: string };

export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly problems: readonly FieldProblem[];

  constructor(code: AppErrorCode, options?: ErrorOptions & { problems?: readonly FieldProblem[] }) {
    super(code, options);
    this.name = "AppError";
    this.code = code;
    this.problems = options?.problems ?? [];
  }
}

/** A refusal is an outcome the business expects; anything else throws. */
export type Result<T, Refusal extends string = string> =
  | { ok: true; value: T }
  | { ok: false; refusal: Refusal; problems?: readonly FieldProblem[] };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export const refuse = <Refusal extends string>(
  refusal: Refusal,
  problems?: readonly FieldProblem[],
): { ok: false; refusal: Refusal; problems?: readonly FieldProblem[] } =>
  problems ? { ok: false, refusal, problems } : { ok: false, refusal };
