import { ERROR_SENTENCES } from "@/lib/error-sentences";
import { APP_ERROR_CODES, type AppErrorCode } from "@/lib/errors";

const SENTENCES: Readonly<Record<string, string>> = {
  CHANGED_SINCE: "Someone changed this value since you opened it. Nothing was saved; reload to see what it is now.",
  SAME_VALUE: "That is what is stored already, so nothing was changed.",
  NOT_ALLOWED_VALUE: "This metric cannot have that value.",
};

const isAppError = (code: string): code is AppErrorCode => APP_ERROR_CODES.some((known) => known === code);

/** What a person reads when a correction or a choice is refused. */
export const refusalText = (code: string): string =>
  SENTENCES[code] ?? (isAppError(code) ? ERROR_SENTENCES[code] : ERROR_SENTENCES.INTERNAL);
