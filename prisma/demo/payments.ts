import { type Actor, mintActor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { carryOutRequest } from "@/lib/ledger/mutations/carry-out";
import { postTransaction } from "@/lib/ledger/mutations/post";
import { askProceeds } from "@/lib/ledger/mutations/requests";
import { openTranche, recordClaim } from "@/lib/ledger/mutations/tranches";
import type { AccountRef } from "@/lib/ledger/rules/entry";
import { trancheSchema } from "@/lib/ledger/schema";
import { type AskProceeds, askProceedsSchema } from "@/lib/ledger/schema/requests";
import { addPayee } from "@/lib/payments/mutations/payees";

/** The venture that was sold at the end of October: the price is distributed, the rest comes later. */
const SOLD = "brightwater-payroll";
const CLOSED_ON = "2026-10-30";

const TRANCHES = [
  {
    ...{ kind: "escrow", label: "Indemnity escrow", amountMinor: "385000000", heldBy: "Wattle Escrow Services" },
    ...{ opensOn: CLOSED_ON, endsOn: "2028-04-30" },
    schedule: [
      { dueOn: "2027-10-30", amountMinor: "192500000", condition: "Half, less open claims" },
      { dueOn: "2028-04-30", amountMinor: null, condition: "The rest, less open claims" },
    ],
  },
  {
    ...{ kind: "earn-out", label: "Earn-out, first year", amountMinor: "300000000", heldBy: "Southern Care Systems" },
    ...{ opensOn: CLOSED_ON, endsOn: "2027-12-15" },
    milestone: "Recurring revenue of the twelve months after closing reaches the agreed level",
    schedule: [{ dueOn: "2027-12-15", amountMinor: null, condition: "When the buyer’s auditor has confirmed it" }],
  },
] as const;

const named = (kind: AccountRef["kind"], party: string, name: string): AccountRef => ({
  ...{ kind, party, name, currency: "AUD" },
});

function must<T>(outcome: { ok: true; value: T } | { ok: false; refusal: string; problems?: unknown }): T {
  if (!outcome.ok) throw new Error(`The demo's ledger was refused: ${outcome.refusal}`);
  return outcome.value;
}

/** As after a proof of presence: seeding stands for a person who was there. */
const present = (person: Actor, now: Date): Actor => mintActor({ ...person, steppedUpAt: now });

/** Asked by one person and carried out by another; whatever an earlier run left of it. */
async function distributeClosing(analyst: Actor, chairman: Actor, closing: AskProceeds, now: Date): Promise<void> {
  const { ventureId, label } = closing;
  if ((await db.distribution.count({ where: { label, basis: { ventureId } } })) > 0) return;
  const open = await db.distributionRequest.findFirst({ where: { ventureId, status: "open" } });
  const requestId = open?.id ?? must(await askProceeds(analyst, closing, now)).requestId;
  must(await carryOutRequest(chairman, { requestId, version: 1 }, now));
}

/** The books of one closed sale, through the doors that people use. Safe to repeat: every step looks for its own trace. */
export async function seedPayments({ analyst, chairman }: { analyst: Actor; chairman: Actor }): Promise<void> {
  const venture = await db.venture.findUnique({ where: { slug: SOLD } });
  if (!venture) return;
  const [now, ventureId] = [clock.now(), venture.id];
  const price = {
    ...{ ventureId, kind: "receipt", description: "Price at closing, from Southern Care Systems" },
    ...{ effectiveOn: CLOSED_ON, key: `demo-price:${ventureId}` },
    lines: [
      { account: named("bank", "sale-account", "Sale account"), amountMinor: 3_165_000_000n },
      { account: named("proceeds", "", ""), amountMinor: -3_165_000_000n },
    ],
  };
  must(await db.$transaction((tx) => postTransaction(tx, analyst.ref, price, now)));
  const closing = askProceedsSchema.parse({
    ...{ ventureId, currency: "AUD", label: "Closing", paidOn: CLOSED_ON, amountMinor: "3165000000" },
    charges: [
      { kind: "costs", party: "counsel", name: "Banksia Legal", amountMinor: "42000000" },
      { kind: "costs", party: "banker", name: "Orne Advisory", amountMinor: "79000000" },
      { kind: "fees", party: "escrow-agent", name: "Wattle Escrow Services", amountMinor: "1200000" },
    ],
    reason: "The sale closed on 30 October; funds-flow memorandum of Banksia Legal",
  });
  await distributeClosing(analyst, present(chairman, now), closing, now);
  for (const tranche of TRANCHES) {
    const known = await db.deferredTranche.count({ where: { ventureId, label: tranche.label } });
    if (known > 0) continue;
    const terms = { ventureId, currency: "AUD", buyer: "Southern Care Systems", seller: "The holders’ representative" };
    must(await openTranche(analyst, trancheSchema.parse({ ...tranche, ...terms }), now));
  }
  const escrow = await db.deferredTranche.findFirst({
    where: { ventureId, kind: "escrow" },
    include: { claims: true },
  });
  if (escrow && escrow.claims.length === 0) {
    const claim = { trancheId: escrow.id, version: escrow.version, amountMinor: 24_000_000n, claimedOn: "2026-11-16" };
    must(await recordClaim(chairman, { ...claim, grounds: "Payroll tax of an earlier year" }, now));
  }
  const counsel = { ventureId, party: "counsel", name: "Banksia Legal", kind: "adviser" as const };
  if ((await db.payee.count({ where: { ventureId } })) === 0) must(await addPayee(analyst, counsel, now));
}
