import type { AppErrorCode } from "@/lib/errors";

/** What a person reads for each code: what happened, what was kept, what to do. */
export const ERROR_SENTENCES: Readonly<Record<AppErrorCode, string>> = {
  UNAUTHENTICATED: "You are signed out. Sign in again; what you typed stays here.",
  FORBIDDEN: "Your role does not allow this. Ask an administrator if it should.",
  STEP_UP_REQUIRED: "This cannot be undone or unseen, so it needs your second factor.",
  INVALID_INPUT: "Something in the form is not right; the fields say what.",
  NOT_FOUND: "This does not exist, or you may not see it.",
  CONFLICT: "Someone changed this since you opened it. Nothing was saved; reload to see what changed.",
  RATE_LIMITED: "Too many attempts. Wait a few minutes and try again.",
  UNAVAILABLE: "A part of the system does not answer right now. Nothing was saved; try again shortly.",
  FENCED: "Another process has taken over this work. Nothing was done twice.",
  INTERNAL: "Something went wrong on our side. Nothing was saved; the log has the details.",
};
