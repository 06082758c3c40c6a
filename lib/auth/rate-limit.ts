import "server-only";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";

export type Limit = { key: string; attempts: number; windowMs: number };

const QUARTER = 15 * 60_000;

export const accountLimit = (email: string): Limit => ({ key: `account:${email}`, attempts: 10, windowMs: QUARTER });
/** An office shares one address, so it gets more than one account does. */
export const addressLimit = (address: string): Limit => ({
  key: `address:${address}`,
  attempts: 50,
  windowMs: QUARTER,
});
export const secondFactorLimit = (userId: string): Limit => ({
  key: `second-factor:${userId}`,
  attempts: 5,
  windowMs: QUARTER,
});

/** Counts the attempt in one statement, so that parallel attempts cannot share a count. */
async function count(limit: Limit, now: Date): Promise<number> {
  const windowEnd = new Date(now.getTime() - limit.windowMs);
  const [row] = await db.$queryRaw<{ attempts: number }[]>`
    INSERT INTO "rate_limit" AS r ("key", "windowStart", "attempts") VALUES (${limit.key}, ${now}, 1)
    ON CONFLICT ("key") DO UPDATE SET
      "attempts" = CASE WHEN r."windowStart" <= ${windowEnd} THEN 1 ELSE r."attempts" + 1 END,
      "windowStart" = CASE WHEN r."windowStart" <= ${windowEnd} THEN ${now} ELSE r."windowStart" END
    RETURNING "attempts"`;
  return row?.attempts ?? 0;
}

/** Counted before the check, given back after a success (`forgive`): only failures use a limit up. */
export async function takeAttempt(limits: readonly Limit[], now: Date): Promise<void> {
  const counts = await Promise.all(limits.map((limit) => count(limit, now)));
  if (counts.some((attempts, index) => attempts > (limits[index]?.attempts ?? 0))) throw new AppError("RATE_LIMITED");
}

/** After a success: the account starts anew, the address gets back the one attempt. */
export async function forgive(account: Limit, address: Limit | null): Promise<void> {
  await db.$executeRaw`DELETE FROM "rate_limit" WHERE "key" = ${account.key}`;
  if (!address) return;
  await db.$executeRaw`
    UPDATE "rate_limit" SET "attempts" = GREATEST("attempts" - 1, 0) WHERE "key" = ${address.key}`;
}

/** Counts whose window is long over; called by the daily work. */
export async function sweepRateLimits(now: Date): Promise<number> {
  const yesterday = new Date(now.getTime() - 24 * 60 * 60_000);
  return await db.$executeRaw`DELETE FROM "rate_limit" WHERE "windowStart" < ${yesterday}`;
}
