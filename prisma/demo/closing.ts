import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { setStates } from "@/lib/closing/mutations/items";
import { keepSizes, openClosing } from "@/lib/closing/mutations/opening";
import { addDocument, moveSignatures } from "@/lib/closing/mutations/signatures";
import { findClosing } from "@/lib/closing/queries/closing-row";
import { NO_SIZES, type Party } from "@/lib/closing/schema";
import { db } from "@/lib/db";
import { NO_FACTS } from "@/lib/deals/schema/deal";
import { dayDate } from "@/lib/metrics/rules/periods";

/** The venture whose sale has closed; what comes after closing is still open there. */
const SOLD = "brightwater-payroll";
const BIDDER = "Southern Care Systems";
const CLOSED_ON = "2026-10-30";
const SIGNATORIES: readonly { signatory: string; party: Party }[] = [
  { signatory: "Mira Halloran", party: "company" },
  { signatory: "Owen Sturt", party: "buyer" },
  { signatory: "Wattle Escrow Services", party: "bank" },
];
const DOCUMENTS: readonly { title: string; signers: readonly number[] }[] = [
  { title: "Share sale agreement", signers: [0, 1] },
  { title: "Escrow agreement", signers: [0, 1, 2] },
  { title: "Funds-flow memorandum", signers: [0, 1] },
];
const LATER: Readonly<Record<string, string>> = {
  "Final closing statement and true-up": "2027-01-28",
  "Public registers changed": "2026-11-13",
};

function must<T>(outcome: { ok: true; value: T } | { ok: false; refusal: string; problems?: unknown }): T {
  if (!outcome.ok) throw new Error(`The demo's closing was refused: ${outcome.refusal}`);
  return outcome.value;
}

/** The sale itself was agreed before this house kept its deals here, so its rows are written as they stood. */
async function seedDeal(ventureId: string, analyst: Actor): Promise<string> {
  const opened = { openedBy: analyst.ref, openedAt: dayDate("2026-06-01"), version: 1 };
  const assumptions = { discountRatio: "0.12", valuedOn: CLOSED_ON };
  const sale = { ventureId, ordinal: 1, status: "open", assumptions, ...opened };
  const { id: processId } = await db.saleProcess.create({ data: sale });
  const facts = { ...NO_FACTS, ownerId: analyst.id, contact: "Owen Sturt, general counsel", closesOn: CLOSED_ON };
  const known = { ...facts, agreementSignedOn: "2026-09-18", diligenceDoneOn: "2026-09-11", loiSignedOn: "2026-07-10" };
  const deal = { ventureId, processId, bidder: BIDDER, stage: "closing", facts: known, ...opened };
  return (await db.deal.create({ data: deal })).id;
}

async function settle(analyst: Actor, dealId: string, now: Date): Promise<void> {
  const closing = await findClosing(db, dealId);
  const before = closing?.items.filter(({ task }) => task.group !== "post-closing") ?? [];
  const items = before.map(({ id, version }) => ({ id, version }));
  const evidence = { documentId: null, note: "Closing binder of Banksia Legal", on: CLOSED_ON };
  must(await setStates(analyst, { dealId, items, state: "done", evidence }, now));
  for (const { id, task } of closing?.items ?? []) {
    const dueOn = LATER[task.title];
    if (dueOn) await db.closingItem.update({ where: { id }, data: { task: { ...task, dueOn } } });
  }
}

async function sign(analyst: Actor, dealId: string, now: Date): Promise<void> {
  const versionOf = async () => (await findClosing(db, dealId))?.version ?? 0;
  for (const { title, signers } of DOCUMENTS) {
    const signatories = SIGNATORIES.filter((_, index) => signers.includes(index));
    must(await addDocument(analyst, { dealId, version: await versionOf(), title, signatories }, now));
  }
  for (const to of ["out", "signed", "held"] as const) {
    const signatures = (await findClosing(db, dealId))?.signatures ?? [];
    const named = signatures.map(({ documentId, signatory }) => ({ documentId, signatory }));
    const move = { dealId, version: await versionOf(), signatures: named, to, on: CLOSED_ON };
    must(await moveSignatures(analyst, move, now));
  }
  const released = { state: "released", changedOn: dayDate(CLOSED_ON) };
  await db.closingSignature.updateMany({ where: { document: { dealId } }, data: released });
}

/** A closing from its checklist to the released signatures. Safe to repeat: it looks for its own trace. */
export async function seedClosing({ analyst }: { analyst: Actor }): Promise<void> {
  const venture = await db.venture.findUnique({ where: { slug: SOLD } });
  if (!venture || (await db.closing.count({ where: { ventureId: venture.id } })) > 0) return;
  const now = clock.now();
  const dealId = await seedDeal(venture.id, analyst);
  must(await openClosing(analyst, { dealId, template: "share-sale" }, now));
  const said = { value: "20900000", source: "Price at the rate of the day, counsel’s memo of 2 October" };
  const regulatory = { ...NO_SIZES, transaction: said };
  must(await keepSizes(analyst, { dealId, version: 1, regulatory }, now));
  await settle(analyst, dealId, now);
  await sign(analyst, dealId, now);
  const facts = (await db.deal.findUniqueOrThrow({ where: { id: dealId } })).facts as object;
  await db.deal.update({
    where: { id: dealId },
    data: { stage: "complete", facts: { ...facts, closedOn: CLOSED_ON } },
  });
  const step = { from: "closing", to: "complete", happened: dayDate(CLOSED_ON), reason: "Signatures released" };
  await db.dealStep.create({ data: { dealId, ...step, by: analyst.ref, at: now } });
}
