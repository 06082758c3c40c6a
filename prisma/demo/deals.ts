import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { keepFacts } from "@/lib/deals/mutations/facts";
import { keepNegotiation, recordConcession } from "@/lib/deals/mutations/negotiation";
import { recordOffer, reviseOffer } from "@/lib/deals/mutations/offers";
import { openDeal } from "@/lib/deals/mutations/opening";
import { advanceDeal } from "@/lib/deals/mutations/stages";
import { type DealFacts, NO_FACTS } from "@/lib/deals/schema/deal";
import { type Issue, NOTHING_SAID } from "@/lib/deals/schema/negotiation";
import { blankTerms, type OfferTerms } from "@/lib/deals/schema/terms";
import { seedDocuments } from "./documents";

/** The venture that is being sold; its bidders are of its own list, and made up as everything in the demo is. */
const SOLD = "northwind-data";

const STATED: Partial<OfferTerms> = {
  ...{ stock: "0", rollover: "0", vendorNote: "0", earnOuts: [], holdback: "0", cash: "4100000", debt: "600000" },
  ...{ costs: "1400000", workingCapital: "peg", peg: "1800000", expectedWorkingCapital: "2050000", collar: "150000" },
  ...{ carveOut: "0", basketKind: "deductible", closesOn: "2027-03-31" },
};

type ToldOffer = { title: string; dated: string; source: string; versions: Partial<OfferTerms>[] };
type Told = { bidder: string; facts: Partial<DealFacts>; offers: ToldOffer[] };

const TESSERAE: Partial<OfferTerms> = {
  ...STATED,
  ...{ price: "51000000", stock: "9000000", stockDiscount: "0.15", escrow: "0.1", escrowMonths: 18 },
  ...{ escrowProbability: "0.9", indemnityCap: "0.1", indemnityBasket: "0.005", financing: "cash at hand" },
  ...{ closeProbability: "0.85", exclusivityDays: 60, validUntil: "2026-12-18" },
  earnOuts: [
    { title: "Recurring revenue of the first year", amount: "6000000", dueOn: "2028-04-30", probability: "0.55" },
    { title: "Retention of the ten largest customers", amount: "3000000", dueOn: "2029-04-30", probability: "0.4" },
  ],
  conditions: ["Approval of its board", "Consent of three customers to the change of control"],
};

const TOLD: readonly Told[] = [
  {
    bidder: "Tesserae Cloud Inc",
    facts: {
      ...{ contact: "Ana Duarte, corporate development", nextStep: "Ask for less stock", nextOn: "2026-11-27" },
      theirAdvisers: [{ role: "counsel", name: "Marlow Reeve LLP" }],
    },
    offers: [
      {
        ...{ title: "Indication of interest", dated: "2026-11-09", source: "Letter of 9 November" },
        versions: [TESSERAE, { ...TESSERAE, price: "54000000", escrow: "0.12" }],
      },
    ],
  },
  {
    bidder: "Harrow Software Partners",
    facts: {
      ...{ contact: "Joel Brandt, partner", nextStep: "Second call with the partners", nextOn: "2026-12-02" },
      theirAdvisers: [
        { role: "counsel", name: "Bexley & Stone" },
        { role: "banker", name: "Orne Advisory" },
      ],
    },
    offers: [
      {
        ...{ title: "Indication of interest", dated: "2026-11-12", source: "Letter of 12 November" },
        versions: [
          {
            ...STATED,
            ...{ price: "48500000", rollover: "2500000", rolloverDiscount: "0.1", escrow: "0.05", escrowMonths: 12 },
            ...{ escrowProbability: "0.95", carveOut: "0.02", indemnityCap: "0.05", indemnityBasket: "0.005" },
            ...{ financing: "committed", closeProbability: "0.92", exclusivityDays: 45, closesOn: "2027-02-26" },
            conditions: ["Confirmatory due diligence of six weeks"],
          },
        ],
      },
    ],
  },
  {
    bidder: "Oxbow Analytics plc",
    facts: { contact: "Priya Nair, strategy", nextStep: "Ask for debt and working capital", nextOn: "2026-11-25" },
    offers: [
      {
        ...{ title: "Indication of interest", dated: "2026-11-16", source: "E-mail of 16 November" },
        versions: [
          {
            ...{ currency: "GBP", price: "41000000", stock: "0", rollover: "0", vendorNote: "6000000" },
            ...{ vendorNoteMonths: 24, vendorNoteInterest: "0.06", vendorNoteProbability: "0.85", earnOuts: [] },
            ...{ escrow: "0.1", escrowMonths: 12, escrowProbability: "0.9", holdback: "0", costs: "1100000" },
            ...{ carveOut: "0", financing: "subject to financing", closeProbability: "0.6", closesOn: "2027-05-31" },
            conditions: ["A loan of its bank", "Approval of its shareholders"],
          },
        ],
      },
    ],
  },
];

/** Our position against the bidder whose offer is worth most; without an agreement it is sold to the other one. */
const NEGOTIATED = { bidder: "Harrow Software Partners", otherwise: "Tesserae Cloud Inc" };
const ISSUES: readonly Pick<Issue, "title" | "term" | "position" | "fallback">[] = [
  { title: "How long the escrow is held", term: "escrowMonths", position: "9", fallback: "12" },
  { title: "The price", term: "price", position: "51000000", fallback: "49500000" },
  { title: "Who pays the bonus of management", term: "carveOut", position: "0", fallback: "0.01" },
  { title: "How much the sellers answer for", term: "indemnityCap", position: "0.03", fallback: "0.05" },
  { title: "Who leads the company after the sale", term: null, position: "The present team", fallback: "A search" },
];

async function seedPosition(analyst: Actor, ventureId: string): Promise<void> {
  const deals = await db.deal.findMany({ where: { ventureId }, include: { negotiation: true } });
  const named = (name: string) => deals.find(({ bidder }) => bidder === name);
  const [deal, other] = [named(NEGOTIATED.bidder), named(NEGOTIATED.otherwise)];
  if (!deal || !other || deal.negotiation) return;
  const about = { ownerId: analyst.id, state: "open" as const };
  const issues = ISSUES.map((issue, index) => ({
    ...issue,
    ...about,
    id: `00000000-0000-4000-8000-00000000000${index}`,
  }));
  const body = {
    ...{ ...NOTHING_SAID, alternative: other.id, issues },
    ...{ ceiling: "52000000", ceilingReason: "What its fund paid for the last company of that size" },
  };
  const now = clock.now();
  told(await keepNegotiation(analyst, { dealId: deal.id, version: 0, body }, now), "position");
  const gave = {
    dealId: deal.id,
    side: "them" as const,
    issue: "the price",
    what: "A million more than in the first call",
  };
  told(await recordConcession(analyst, { ...gave, on: "2026-11-17" }, now), "concession");
}

function told<T>(outcome: { ok: true; value: T } | { ok: false; refusal: string }, what: string): T {
  if (!outcome.ok) throw new Error(`The demo's ${what} was refused: ${outcome.refusal}`);
  return outcome.value;
}

async function seedOffer(analyst: Actor, dealId: string, currency: string, offer: ToldOffer): Promise<void> {
  const { title, dated, source, versions } = offer;
  const now = clock.now();
  const [first, ...later] = versions.map((terms) => ({ ...blankTerms(currency), ...terms }));
  if (!first) return;
  const said = { dated, source, note: "" };
  const { offerId } = told(
    await recordOffer(analyst, { dealId, kind: "bid", title, terms: first, ...said }, now),
    title,
  );
  for (const [index, terms] of later.entries())
    told(await reviseOffer(analyst, { offerId, version: index + 1, terms, ...said }, now), title);
}

/** Three bidders in talks, through the doors that people use. Safe to repeat. */
export async function seedDeals({ analyst }: { analyst: Actor }): Promise<void> {
  const venture = await db.venture.findUnique({ where: { slug: SOLD } });
  if (!venture) return;
  const { id: ventureId, currency } = venture;
  for (const { bidder, facts, offers } of TOLD) {
    if ((await db.deal.count({ where: { ventureId, bidder } })) > 0) continue;
    const listed = await db.buyerCandidate.findFirst({ where: { ventureId, company: { name: bidder } } });
    const opening = { ventureId, companyId: listed?.companyId ?? null, bidder };
    const { dealId } = told(await openDeal(analyst, opening, clock.now()), bidder);
    const known: DealFacts = {
      ...{ ...NO_FACTS, ...facts, ownerId: analyst.id, closesOn: offers[0]?.versions[0]?.closesOn ?? null },
      ourAdvisers: [
        { role: "banker", name: "Lindgren & Co" },
        { role: "counsel", name: "Hartwell Pryce" },
      ],
    };
    const kept = told(await keepFacts(analyst, { dealId, version: 1, facts: known }, clock.now()), bidder);
    for (const offer of offers) await seedOffer(analyst, dealId, currency, offer);
    const on = offers[0]?.dated ?? "";
    const move = { dealId, version: kept.version, to: "negotiating" as const, on, reason: "Offer received", facts: {} };
    told(await advanceDeal(analyst, move, clock.now()), bidder);
  }
  await seedPosition(analyst, ventureId);
  await seedDocuments(analyst, ventureId);
}
