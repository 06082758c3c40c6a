export type Access = { revokedAt: Date | null; expiresOn: string };
export type ShutAccess = "REVOKED" | "EXPIRED";

/** Why a holder's door is shut today; null while it is open. `today` is a day. */
export function accessShut({ revokedAt, expiresOn }: Access, today: string): ShutAccess | null {
  if (revokedAt) return "REVOKED";
  return expiresOn < today ? "EXPIRED" : null;
}

/** What of a holder's revisions the holder may see: what was issued and not taken back. */
export const isShown = (one: { issuedAt: Date | null; withdrawnAt: Date | null }): boolean =>
  one.issuedAt !== null && one.withdrawnAt === null;
