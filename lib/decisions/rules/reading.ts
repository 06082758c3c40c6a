import { ok, type Result, refuse } from "@/lib/errors";
import type { MemoStatus } from "../schema";
import { isOpen } from "./verdict";

export type ReadingRefusal =
  | "CLOSED"
  | "CONFLICT"
  | "DATE_PASSED"
  | "DATE_AFTER_EXPIRY"
  | "NOT_A_COLLEAGUE"
  | "ASKED_ALREADY";

type Memo = { status: MemoStatus; version: number; expiresAt: Date };

/** May a colleague be asked to read this version by that day? The memo must still be there to be decided on then. */
export function mayAsk(
  memo: Memo,
  asked: { version: number; dueOn: string; today: string; colleague: boolean; already: boolean },
): Result<null, ReadingRefusal> {
  if (!isOpen(memo.status)) return refuse("CLOSED");
  if (memo.version !== asked.version) return refuse("CONFLICT");
  if (!asked.colleague) return refuse("NOT_A_COLLEAGUE");
  if (asked.already) return refuse("ASKED_ALREADY");
  if (asked.dueOn < asked.today) return refuse("DATE_PASSED");
  if (new Date(`${asked.dueOn}T00:00:00Z`) >= memo.expiresAt) return refuse("DATE_AFTER_EXPIRY");
  return ok(null);
}

export type OpinionRefusal = "CLOSED" | "CONFLICT" | "NOT_YOURS" | "ALREADY_SAID";

type Reading = { own: boolean; givenAt: Date | null; withdrawnAt: Date | null };

/** Only who was asked says it, once, on the version that they read, while it can still matter. It decides nothing. */
export function mayOpine(memo: Memo, reading: Reading, version: number): Result<null, OpinionRefusal> {
  if (!reading.own) return refuse("NOT_YOURS");
  if (!isOpen(memo.status) || reading.withdrawnAt) return refuse("CLOSED");
  if (reading.givenAt) return refuse("ALREADY_SAID");
  return memo.version === version ? ok(null) : refuse("CONFLICT");
}
