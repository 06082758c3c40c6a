import "server-only";
import { decryptSecret } from "@/lib/auth/secrets";
import type { Tx } from "@/lib/db";
import { dayText } from "@/lib/metrics/rules/periods";
import { accessShut, isShown } from "../../rules/records/access";

export const codeOwner = (codeId: string): string => `holder-code:${codeId}`;

export type StatementLine = {
  id: string;
  artefactId: string;
  version: number;
  asOf: string;
  digest: string;
  pdfHash: string | null;
  frozenAt: string;
  issuedAt: string | null;
  shown: boolean;
};
export type AccessLine = {
  id: string;
  version: number;
  emails: string[];
  expiresOn: string;
  state: "open" | "revoked" | "expired";
  revokedReason: string | null;
  memoId: string;
  linkMadeAt: string | null;
  /** Newest first. */
  activity: { email: string; kind: string; at: string }[];
  /** Where no mail can be sent: codes that somebody of the holding hands over. */
  codes: { email: string; code: string; until: string }[];
  letters: { to: string; state: "waits" | "sent" | "not sent"; why: string | null }[];
};

/** The newest revision of each holder's statement. */
export async function statementLines(tx: Tx, ventureId: string, currency: string): Promise<Map<string, StatementLine>> {
  const rows = await tx.holderStatement.findMany({
    where: { ventureId, currency },
    orderBy: { version: "desc" },
    distinct: ["holderId"],
    omit: { pdf: true },
  });
  return new Map(
    rows.map((row) => [
      row.holderId,
      {
        ...{ id: row.id, artefactId: row.artefactId, version: row.version, asOf: dayText(row.asOf) },
        ...{ digest: row.digest, pdfHash: row.pdfHash, frozenAt: row.createdAt.toISOString() },
        ...{ issuedAt: row.issuedAt?.toISOString() ?? null, shown: isShown(row) },
      },
    ]),
  );
}

const STATES = { REVOKED: "revoked", EXPIRED: "expired" } as const;

/** Each holder's door with what was done through it. */
export async function accessLines(tx: Tx, ventureId: string, today: string, now: Date) {
  const rows = await tx.holderAccess.findMany({
    where: { ventureId },
    include: {
      activity: { orderBy: { at: "desc" }, take: 20 },
      codes: { where: { usedAt: null, sealed: { not: null }, expiresAt: { gt: now } } },
    },
  });
  const subjects = rows.map(({ id }) => `holder-access:${id}`);
  const letters = await tx.outboxMessage.findMany({
    where: { subject: { in: subjects } },
    orderBy: { createdAt: "desc" },
    take: 500,
  });
  return new Map(
    rows.map((row): [string, AccessLine] => {
      const shut = accessShut({ revokedAt: row.revokedAt, expiresOn: dayText(row.expiresOn) }, today);
      const own = letters.filter(({ subject }) => subject === `holder-access:${row.id}`);
      return [
        row.holderId,
        {
          ...{ id: row.id, version: row.version, emails: row.emails, expiresOn: dayText(row.expiresOn) },
          ...{ state: shut ? STATES[shut] : "open", revokedReason: row.revokedReason, memoId: row.memoId },
          linkMadeAt: row.linkHash ? (row.linkMadeAt?.toISOString() ?? null) : null,
          activity: row.activity.map(({ email, kind, at }) => ({ email, kind, at: at.toISOString() })),
          codes: row.codes.map((code) => ({
            email: code.email,
            code: decryptSecret("guest-code", codeOwner(code.id), code.sealed ?? ""),
            until: code.expiresAt.toISOString(),
          })),
          letters: own.map(({ payload, deliveredAt, abandonedAt, lastError }) => ({
            to: (payload as { letter?: { to?: string } }).letter?.to ?? "",
            state: deliveredAt ? "sent" : abandonedAt ? "not sent" : "waits",
            why: deliveredAt ? null : lastError,
          })),
        },
      ];
    }),
  );
}
