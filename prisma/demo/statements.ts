import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { carryOut } from "@/lib/decisions/mutations/execution";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { stateLotCost } from "@/lib/distribution/mutations/records/costs";
import { freezeStatements } from "@/lib/distribution/mutations/records/freeze";
import { accessSubject, askIssue } from "@/lib/distribution/mutations/records/issue";
import { stateParts, writeDocument } from "@/lib/documents/mutations/documents";

const SOLD = "brightwater-payroll";
const CURRENCY = "AUD";
/** Bought from a founder: the cap table has only the price of their first issue. */
const SECONDARY = { securityId: "cs-1-sold", amountMinor: 175_000_000n };
const EVIDENCE = "Share purchase agreement of 19 March 2021, clause 2.1";
/** Two holders have asked for theirs; the others get it with their payment. */
const SHOWN_TO: Readonly<Record<string, string>> = {
  kauri: "accounts@kauri-capital.example",
  mcleod: "fiona.mcleod@example.net",
};
const UNTIL = "2027-03-31";
const PARTS: Readonly<Record<string, string>> = {
  ...{ "company.legalName": "Brightwater Payroll Pty Ltd", "buyer.legalName": "Southern Care Systems Ltd" },
  ...{ "seller.legalName": "Chairman Holdings Ltd", "seller.signatory": "Edda Lindqvist" },
  "seller.signatoryTitle": "holders’ representative",
};

function must<T>(outcome: { ok: true; value: T } | { ok: false; refusal: string; problems?: unknown }): T {
  if (!outcome.ok) throw new Error(`The demo's statements were refused: ${outcome.refusal}`);
  return outcome.value;
}

/** Statements of the closed sale, frozen and shown to two holders. Safe to repeat: every step looks for its own trace. */
export async function seedStatements({ analyst, chairman }: { analyst: Actor; chairman: Actor }): Promise<void> {
  const venture = await db.venture.findUnique({ where: { slug: SOLD } });
  if (!venture) return;
  const [now, ventureId] = [clock.now(), venture.id];
  if ((await db.lotCost.count({ where: { ventureId } })) === 0)
    must(await stateLotCost(analyst, { ventureId, currency: CURRENCY, ...SECONDARY, evidence: EVIDENCE }, now));
  if ((await db.holderStatement.count({ where: { ventureId } })) === 0)
    must(await freezeStatements(analyst, { ventureId, currency: CURRENCY, reason: "" }, now));
  await seedNotices(analyst, ventureId, now);
  if ((await db.holderAccess.count({ where: { ventureId } })) > 0) return;
  const asked = await db.memo.findFirst({
    where: { ventureId, proposal: { actionClass: "distribution.issue-statements" } },
  });
  const memoId = asked?.id ?? (await ask(analyst, ventureId, now));
  const { version, status } = await db.memo.findUniqueOrThrow({ where: { id: memoId } });
  const present = { ...chairman, steppedUpAt: now };
  if (status === "pending") must(await recordVerdict(present, { memoId, version, verdict: "approved", note: "" }, now));
  const decided = await db.memo.findUniqueOrThrow({ where: { id: memoId } });
  await carryOut(memoId, decided.version, { key: `demo:${memoId}`, now });
  // People who do not exist get no letters, whatever mail server is set up.
  const doors = await db.holderAccess.findMany({ where: { ventureId }, select: { id: true } });
  await db.outboxMessage.updateMany({
    where: { subject: { in: doors.map(({ id }) => accessSubject(id)) }, deliveredAt: null },
    data: { withdrawn: true, abandonedAt: now, lastError: "The demo sends no letters" },
  });
}

/** The notices to the same holders, from the house's template and what the ledger says. */
async function seedNotices(analyst: Actor, ventureId: string, now: Date): Promise<void> {
  const deal = await db.deal.findFirst({ where: { ventureId, stage: "complete" } });
  if (!deal || (await db.dealDocument.count({ where: { dealId: deal.id, kind: "distribution-notice" } })) > 0) return;
  must(await stateParts(analyst, { dealId: deal.id, parts: PARTS }, now));
  for (const about of Object.keys(SHOWN_TO))
    must(await writeDocument(analyst, { dealId: deal.id, kind: "distribution-notice", offer: null, about }, now));
}

async function ask(analyst: Actor, ventureId: string, now: Date): Promise<string> {
  const newest = await db.holderStatement.findMany({
    where: { ventureId, holderId: { in: Object.keys(SHOWN_TO) } },
    select: { holderId: true, version: true },
  });
  const holders = newest.map(({ holderId, version }) => ({ holderId, version, emails: [SHOWN_TO[holderId] ?? ""] }));
  const rationale = "Both need it for their books; the sale is closed and every number is booked.";
  const { memoId } = must(
    await askIssue(analyst, { ventureId, currency: CURRENCY, expiresOn: UNTIL, rationale, holders }, now),
  );
  if (!memoId) throw new Error("The demo has no memo about its statements");
  return memoId;
}
