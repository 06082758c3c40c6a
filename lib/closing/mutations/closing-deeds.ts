import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db";
import { dayDate } from "@/lib/metrics/rules/periods";
import { startInTransaction } from "@/lib/workflows/transport";
import { missingForRelease, standingOf, waiverRefusal } from "../rules/checklist";
import { asJson, lockClosing, lockItem, recordClosing } from "./closing-row";
import { giveUp } from "./waivers";

/** What an approved memo does to a closing. What has become impossible since is said, not done. */
type By = { memoId: string; now: Date };

const SYSTEM = "system:memo";

export async function waiveByMemo(
  tx: Tx,
  { itemId, reason }: { itemId: string; reason: string },
  { memoId, now }: By,
): Promise<void> {
  const held = await lockItem(tx, null, itemId, now);
  const no = waiverRefusal(held.item, "ours");
  if (no) {
    const payload = { memoId, item: itemId, refusal: no.refusal };
    return void (await recordClosing(tx, held.closing, { type: "closing.waiver-refused", by: SYSTEM, payload, now }));
  }
  await giveUp(tx, held, { side: "ours", reason, on: held.today, memoId, by: SYSTEM, now });
}

/** All signatures take effect at once, or none: a condition that has opened again since keeps them held. */
export async function releaseByMemo(tx: Tx, { dealId }: { dealId: string }, { memoId, now }: By): Promise<void> {
  const { closing, today } = await lockClosing(tx, null, dealId, now);
  const standing = standingOf(closing.items, closing.signatures, today, closing.blockers);
  if (!standing.ready || standing.released) {
    const missing = missingForRelease(standing, closing.signatures);
    const said = { type: "closing.release-refused", by: SYSTEM, payload: { memoId, missing }, now };
    return void (await recordClosing(tx, closing, said));
  }
  const documents = [...new Set(closing.signatures.map(({ documentId }) => documentId))];
  await tx.closingSignature.updateMany({
    where: { documentId: { in: documents } },
    data: { state: "released", changedOn: dayDate(today) },
  });
  const payload = { memoId, documents: documents.length, signatures: closing.signatures.length };
  await recordClosing(tx, closing, { type: "closing.signatures-released", by: SYSTEM, payload, now });
}

type Sending = {
  dealId: string;
  artefactId: string;
  recipients: readonly { name: string; email: string }[];
  message: string;
};

/** One letter to each of the people who were named, through the outbox, once. */
export async function sendByMemo(tx: Tx, sending: Sending, { memoId, now }: By): Promise<void> {
  const { dealId, artefactId, recipients, message } = sending;
  const { closing } = await lockClosing(tx, null, dealId, now);
  const { ventureId, bidder } = closing;
  const { name: venture } = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const subject = `closing:${dealId}`;
  for (const [index, { name, email }] of recipients.entries()) {
    const letter = { to: email, subject: `${venture}, ${bidder}: where the closing stands` };
    const key = `memo:${memoId}:letter:${index}`;
    const payload = asJson({ endpointId: "", ventureId, url: `mailto:${email}`, name, body: message, letter });
    const data = { key, channel: "mail", payload, createdAt: now, nextAt: now, subject };
    const { id } = await tx.outboxMessage.upsert({ where: { key }, create: data, update: {} });
    await startInTransaction(tx, { name: "outbound", id: `outbound:${id}`, args: [id] });
  }
  const payload = { memoId, artefactId, recipients: recipients.map(({ email }) => email) };
  await recordEvent(tx, { ventureId, type: "closing.status-sent", actor: SYSTEM, subject, payload, at: now });
}
