import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { editItem, setStates } from "@/lib/closing/mutations/items";
import { openClosing } from "@/lib/closing/mutations/opening";
import { addDocument, moveSignatures } from "@/lib/closing/mutations/signatures";
import { recordWaiver } from "@/lib/closing/mutations/waivers";
import { findClosing, type ItemRow } from "@/lib/closing/queries/closing-row";
import type { Party } from "@/lib/closing/schema";
import { db } from "@/lib/db";
import { keepFacts } from "@/lib/deals/mutations/facts";
import { recordOffer } from "@/lib/deals/mutations/offers";
import { openDeal } from "@/lib/deals/mutations/opening";
import { advanceDeal } from "@/lib/deals/mutations/stages";
import { type DealFacts, NO_FACTS } from "@/lib/deals/schema/deal";
import { blankTerms, type OfferTerms } from "@/lib/deals/schema/terms";
import { dayDate } from "@/lib/metrics/rules/periods";

/** The venture whose sale is agreed and waits for its conditions. */
const SELLING = "alder-finch";
const BIDDER = "Corvin Partners AG";

const TERMS: Partial<OfferTerms> = {
  ...{ price: "21500000", stock: "0", rollover: "1500000", rolloverDiscount: "0.15", vendorNote: "0", earnOuts: [] },
  ...{ escrow: "0.1", escrowMonths: 18, escrowProbability: "0.9", holdback: "0", costs: "640000", carveOut: "0.03" },
  ...{ workingCapital: "peg", peg: "1200000", expectedWorkingCapital: "1150000", collar: "100000", cash: "900000" },
  ...{ debt: "0", indemnityCap: "0.15", indemnityBasket: "0.01", basketKind: "tipping", financing: "committed" },
  ...{ closeProbability: "0.93", closesOn: "2026-12-18", exclusivityDays: 60 },
  conditions: [
    "Merger control clearance",
    "Consent of the two largest clients",
    "Employment agreements of the partners",
  ],
};
const FACTS: Partial<DealFacts> = {
  ...{
    contact: "Livia Corvin, managing partner",
    nextStep: "Press the clients for their consent",
    nextOn: "2026-11-25",
  },
  ...{ closesOn: "2026-12-18", expected: { closing: "2026-11-16", complete: "2026-12-18" } },
  ourAdvisers: [
    { role: "counsel", name: "Brandner Kohl" },
    { role: "escrow agent", name: "Limmat Escrow AG" },
  ],
  theirAdvisers: [{ role: "counsel", name: "Weisshorn Legal" }],
};
/** What was agreed and signed with the chairman’s leave, before this house kept its deals here. */
const SIGNED: Partial<DealFacts> = {
  ...{ loiSignedOn: "2026-08-14", exclusiveUntil: "2026-12-31", diligenceEndsOn: "2026-09-25" },
  ...{ diligenceDoneOn: "2026-09-22", agreementSignedOn: "2026-10-19" },
};
const STAGES = [
  ["negotiating", "loi", "2026-08-14"],
  ["loi", "due-diligence", "2026-08-17"],
  ["due-diligence", "definitive-agreement", "2026-10-19"],
  ["definitive-agreement", "closing", "2026-10-26"],
] as const;

const DONE: readonly (readonly [title: string, note: string, on: string])[] = [
  ["Resolution of the company’s board", "Minutes of 21 October, signed", "2026-10-21"],
  ["Resolution of the buyer’s board", "Extract of its minutes", "2026-10-27"],
  ["Merger control filing made, or counsel confirms that none is needed", "Filed by Brandner Kohl", "2026-10-30"],
  ["Proof of funds or financing committed", "Commitment letter of its bank", "2026-10-23"],
];
const DUE: Readonly<Record<string, string>> = {
  "Consents of customers to the change": "2026-11-16",
  "Merger control clearance, or the waiting period is over": "2026-12-04",
  "Employment agreements of key people": "2026-11-30",
  "Escrow agreement agreed and the agent’s checks passed": "2026-12-08",
};
const WAIVED = "Consent of the landlord";

type Signer = { signatory: string; party: Party };
const [FOUNDER, BUYER, AGENT]: readonly [Signer, Signer, Signer] = [
  { signatory: "Regula Alder", party: "company" },
  { signatory: "Livia Corvin", party: "buyer" },
  { signatory: "Limmat Escrow AG", party: "bank" },
];
const PAPERS: readonly { title: string; signers: readonly Signer[] }[] = [
  { title: "Share purchase agreement, closing confirmation", signers: [FOUNDER, BUYER] },
  { title: "Escrow agreement", signers: [FOUNDER, BUYER, AGENT] },
  { title: "Directors’ resignations", signers: [FOUNDER] },
];
/** How far each packet is by now. */
const PACKETS: readonly (readonly [signer: Signer, steps: readonly ("out" | "signed" | "held")[]])[] = [
  [FOUNDER, ["out", "signed", "held"]],
  [BUYER, ["out", "signed"]],
  [AGENT, ["out"]],
];

function must<T>(outcome: { ok: true; value: T } | { ok: false; refusal: string; problems?: unknown }): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`The demo's closing was refused: ${outcome.refusal} ${JSON.stringify(outcome.problems ?? "")}`);
}

async function seedDeal(analyst: Actor, venture: { id: string; currency: string }, now: Date): Promise<string> {
  const { id: ventureId, currency } = venture;
  const { dealId } = must(await openDeal(analyst, { ventureId, companyId: null, bidder: BIDDER }, now));
  const terms = { ...blankTerms(currency), ...TERMS };
  const said = { title: "Final offer", dated: "2026-10-12", source: "Letter of 12 October", note: "" };
  const { offerId } = must(await recordOffer(analyst, { dealId, kind: "bid", terms, ...said }, now));
  const facts = { ...NO_FACTS, ...FACTS, ownerId: analyst.id };
  const { version } = must(await keepFacts(analyst, { dealId, version: 1, facts }, now));
  const move = { dealId, version, to: "negotiating" as const, on: "2026-07-20", reason: "Offer received", facts: {} };
  must(await advanceDeal(analyst, move, now));
  const agreed = { ...facts, ...SIGNED, agreedOffer: { offerId, version: 1 } };
  await db.deal.update({ where: { id: dealId }, data: { stage: "closing", facts: agreed } });
  await db.dealStep.createMany({
    data: STAGES.map(([from, to, on]) => ({
      ...{ dealId, from, to, happened: dayDate(on), reason: "Agreed before this house kept its deals here" },
      ...{ by: analyst.ref, at: now },
    })),
  });
  return dealId;
}

const itemsOf = async (dealId: string): Promise<ItemRow[]> => (await findClosing(db, dealId))?.items ?? [];

async function workOn(analyst: Actor, dealId: string, now: Date): Promise<void> {
  const named = async (title: string) => (await itemsOf(dealId)).find(({ task }) => task.title === title);
  for (const [title, dueOn] of Object.entries(DUE)) {
    const item = await named(title);
    if (!item) continue;
    const { id: itemId, version, task, after } = item;
    must(await editItem(analyst, { itemId, version, task: { ...task, dueOn }, after: [...after] }, now));
  }
  for (const [title, note, on] of DONE) {
    const item = await named(title);
    if (!item) continue;
    const items = [{ id: item.id, version: item.version }];
    must(await setStates(analyst, { dealId, items, state: "done", evidence: { documentId: null, note, on } }, now));
  }
  const waived = await named(WAIVED);
  const why = "Its letter of 6 November: it takes the lease as it is";
  if (waived)
    must(
      await recordWaiver(analyst, { itemId: waived.id, version: waived.version, reason: why, on: "2026-11-06" }, now),
    );
}

async function sign(analyst: Actor, dealId: string, now: Date): Promise<void> {
  const versionOf = async () => (await findClosing(db, dealId))?.version ?? 0;
  for (const { title, signers } of PAPERS)
    must(await addDocument(analyst, { dealId, version: await versionOf(), title, signatories: [...signers] }, now));
  for (const [{ signatory }, steps] of PACKETS)
    for (const to of steps) {
      const own = ((await findClosing(db, dealId))?.signatures ?? []).filter((one) => one.signatory === signatory);
      const signatures = own.map(({ documentId }) => ({ documentId, signatory }));
      const move = { dealId, version: await versionOf(), signatures, to, on: "2026-11-13" };
      must(await moveSignatures(analyst, move, now));
    }
}

/** A sale that is agreed and not closed: conditions open, one item overdue, some signatures held. Safe to repeat. */
export async function seedMidClosing({ analyst }: { analyst: Actor }): Promise<void> {
  const venture = await db.venture.findUnique({ where: { slug: SELLING } });
  if (!venture || (await db.deal.count({ where: { ventureId: venture.id } })) > 0) return;
  const now = clock.now();
  const dealId = await seedDeal(analyst, venture, now);
  must(await openClosing(analyst, { dealId, template: "share-sale" }, now));
  await workOn(analyst, dealId, now);
  await sign(analyst, dealId, now);
}
