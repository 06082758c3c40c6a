import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { hashToken, newToken } from "@/lib/auth/secrets";
import { db, type Prisma, type Tx } from "@/lib/db";
import { type ProposalRefusal, recordProposal } from "@/lib/decisions/mutations/proposals";
import { withQuotes } from "@/lib/decisions/rules/initiative-memo";
import { env } from "@/lib/env";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import { canMail } from "@/lib/integrations/mail";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayDate, dayWords } from "@/lib/metrics/rules/periods";
import { startInTransaction } from "@/lib/workflows/transport";
import { computeRecord } from "../../queries/records/compute";
import { issueMemo, issueSubject } from "../../rules/records/issue-memo";
import type { AskIssue, Issued, RecordRefusal } from "../../schema/records";
import { endAccess } from "./access";
import { ensurePdf } from "./files";
import { lockRecords, newestStatements } from "./freeze";

const SYSTEM = "system:memo";
const QUOTED = ["all.gross", "all.net", "all.open"] as const;

/** Asks the chairman to let holders see their newest statements; nobody outside gets in before. */
export async function askIssue(
  actor: Actor,
  { ventureId, currency, expiresOn, rationale, holders }: AskIssue,
  now: Date,
): Promise<Result<{ memoId: string | null }, RecordRefusal | ProposalRefusal>> {
  const venture = await db.venture.findUnique({ where: { id: ventureId } });
  if (!venture || !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const today = todayOf(venture, now);
  if (expiresOn < today) return refuse("IN_THE_PAST", [{ path: "expiresOn", expected: "a day that is not over" }]);
  const made = await db.$transaction(
    async (tx) => {
      const newest = await newestStatements(tx, ventureId, currency);
      const issued: Issued[] = [];
      for (const { holderId, version, emails } of holders) {
        const row = newest.get(holderId);
        if (!row) return refuse("NO_STATEMENT", [{ path: holderId, expected: "a frozen statement" }]);
        if (row.version !== version) return refuse("CONFLICT");
        issued.push({ holderId, name: row.name, statementId: row.id, version, digest: row.digest, emails });
      }
      const record = await computeRecord(tx, venture, currency, today);
      const quoted = QUOTED.flatMap((part) => record?.figures.find(part) ?? []).filter(({ value }) => value !== null);
      const refs = await saveFigures(tx, ventureId, quoted, now);
      const figures = quoted.map(({ id, label }) => ({ figure: id, label: label.slice(0, 80) }));
      const facts = { venture: venture.name, currency, ventureId, expiresOn, rationale, holders: issued, figures };
      const memo = issueMemo(facts);
      const content = withQuotes(memo.content, new Map(refs.map(({ id, revision }) => [id, revision])));
      if (!content) throw new AppError("INTERNAL");
      return ok({ memo: { ...memo, content }, ids: issued.map(({ statementId }) => statementId) });
    },
    { timeout: 60_000, maxWait: 20_000 },
  );
  if (!made.ok) return made;
  for (const id of made.value.ids) await ensurePdf(actor, id);
  const proposed = await recordProposal(
    actor,
    {
      ...{ ventureId, agent: null, runId: null, actionClass: "distribution.issue-statements", ...made.value.memo },
      ...{ stakeMinor: null, stakeCurrency: null, expiresInDays: 30 },
      dedupeKey: `${issueSubject(ventureId, currency)}:${now.toISOString()}`,
    },
    now,
  );
  return proposed.ok ? ok({ memoId: proposed.value.memoId }) : proposed;
}

type By = { memoId: string; now: Date };
type Issuing = { ventureId: string; currency: string; expiresOn: string; holders: readonly Issued[] };

/** The chairman said yes: each holder's door stands open to the named addresses, and a letter with its link is on its way. */
export async function issueByMemo(tx: Tx, issuing: Issuing, { memoId, now }: By): Promise<void> {
  const { ventureId, expiresOn, holders } = issuing;
  await lockRecords(tx, ventureId);
  const venture = await tx.venture.findUniqueOrThrow({ where: { id: ventureId }, select: { name: true } });
  for (const one of holders) {
    const { holderId, name, statementId, digest, emails, version } = one;
    const { count } = await tx.holderStatement.updateMany({
      where: { id: statementId, ventureId, holderId, digest },
      data: { memoId, issuedAt: now, withdrawnAt: null },
    });
    if (count === 0) throw new AppError("CONFLICT");
    const link = newToken("holder_");
    const door = { name, emails, expiresOn: dayDate(expiresOn), memoId, linkHash: hashToken(link), linkMadeAt: now };
    const access = await tx.holderAccess.upsert({
      where: { ventureId_holderId: { ventureId, holderId } },
      create: { ventureId, holderId, ...door, createdAt: now },
      update: { ...door, revokedAt: null, revokedReason: null, version: { increment: 1 } },
    });
    await tx.holderSession.updateMany({ where: { accessId: access.id, revokedAt: null }, data: { revokedAt: now } });
    await recordEvent(tx, {
      ...{
        ventureId,
        type: "holder-statement.issued",
        actor: SYSTEM,
        subject: `holder-statement:${statementId}`,
        at: now,
      },
      payload: { memoId, holderId, version, digest, emails, expiresOn },
    });
    if (canMail())
      await sendLinks(
        tx,
        { access: access.id, ventureId, venture: venture.name, link, one, expiresOn },
        { memoId, now },
      );
  }
}

type Letters = { access: string; ventureId: string; venture: string; link: string; one: Issued; expiresOn: string };

/** Through the outbox, once for each address, after the time in which the decision can still be taken back. */
async function sendLinks(tx: Tx, { access, ventureId, venture, link, one, expiresOn }: Letters, { memoId, now }: By) {
  const address = `${env().NEXTAUTH_URL ?? ""}/room/${link}`;
  const body = [
    `Dear ${one.name},`,
    `Your statement of what the sale of ${venture} has distributed to you is ready. You can read it until ${dayWords(expiresOn)}:`,
    address,
    "You are asked for this e-mail address and then for a code that is sent to it. We never ask for bank details by e-mail.",
  ].join("\n\n");
  for (const email of one.emails) {
    const key = `memo:${memoId}:statement:${one.statementId}:${email}`;
    const letter = { to: email, subject: `Your distribution statement: ${venture}` };
    const payload = { endpointId: "", ventureId, url: `mailto:${email}`, name: one.name, body, letter };
    const nextAt = new Date(now.getTime() + env().UNDO_WINDOW_MS);
    const data = { key, channel: "mail", payload: payload as Prisma.InputJsonObject, createdAt: now, nextAt };
    const { id } = await tx.outboxMessage.upsert({
      where: { key },
      create: { ...data, subject: accessSubject(access) },
      update: {},
    });
    await startInTransaction(tx, { name: "outbound", id: `outbound:${id}`, args: [id] });
  }
}

export const accessSubject = (accessId: string): string => `holder-access:${accessId}`;

/** The approval was taken back: the doors are shut, what was issued by it is not shown, letters that wait do not go. */
export async function withdrawByMemo(tx: Tx, ventureId: string, { memoId, now }: By): Promise<void> {
  await lockRecords(tx, ventureId);
  await tx.holderStatement.updateMany({ where: { ventureId, memoId }, data: { withdrawnAt: now } });
  const doors = await tx.holderAccess.findMany({ where: { ventureId, memoId, revokedAt: null } });
  for (const door of doors) {
    await endAccess(tx, door, { by: SYSTEM, reason: `The approval was taken back (memo ${memoId})`, now });
    await tx.outboxMessage.updateMany({
      where: { subject: accessSubject(door.id), deliveredAt: null, abandonedAt: null },
      data: { withdrawn: true, abandonedAt: now, lastError: "The approval was taken back" },
    });
  }
}
