import "server-only";
import { Secret, TOTP } from "otpauth";
import { db, type Tx } from "@/lib/db";
import { decryptSecret, encryptSecret } from "./secrets";

const PERIOD_S = 30;
/** One step either way for a clock that is off (RFC 6238, 5.2). */
const WINDOW = 1;

const totpOf = (base32: string, label = "") =>
  new TOTP({ issuer: "Chairman", label, secret: Secret.fromBase32(base32), period: PERIOD_S });

export type NewSecondFactor = { secret: string; uri: string; encrypted: string };

/** A secret of 160 bits (RFC 4226, 4), its link for an authenticator, and what is stored. */
export function newSecondFactor(userId: string, email: string): NewSecondFactor {
  const secret = new Secret({ size: 20 }).base32;
  return {
    secret,
    uri: totpOf(secret, email).toString(),
    encrypted: encryptSecret("second-factor", userId, secret),
  };
}

/** The 30-second step that the code belongs to, or null. */
export function stepOfCode(base32: string, code: string, now: Date): number | null {
  const delta = totpOf(base32).validate({ token: code, timestamp: now.getTime(), window: WINDOW });
  return delta === null ? null : Math.floor(now.getTime() / 1_000 / PERIOD_S) + delta;
}

/** Accepts a code once: the step is written by compare-and-set, so the same code, sent twice at once, counts once. */
export async function acceptCode(
  user: { id: string; totpSecret: string | null },
  code: string,
  now: Date,
  tx: Tx = db,
): Promise<boolean> {
  if (!user.totpSecret) return false;
  const step = stepOfCode(decryptSecret("second-factor", user.id, user.totpSecret), code, now);
  if (step === null) return false;
  const { count } = await tx.user.updateMany({
    where: { id: user.id, OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }] },
    data: { totpLastStep: step },
  });
  return count === 1;
}
