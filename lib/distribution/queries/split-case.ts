import "server-only";
import { z } from "zod";
import type { Tx } from "@/lib/db";
import { type LoadedContext, loadOfferContext, offerDataset } from "@/lib/deals/queries/offer-context";
import { type Prepared, prepareOffers } from "@/lib/deals/rules/proceeds";
import { type OfferTerms, offerTermsSchema } from "@/lib/deals/schema/terms";
import type { Result } from "@/lib/errors";
import { neededBy } from "@/lib/figures/rules";
import type { Figure, FigureAsk, FigureSource } from "@/lib/figures/schema";
import { dayText } from "@/lib/metrics/rules/periods";
import { minorDigits } from "@/lib/money";
import type { VentureRow } from "@/lib/valuation/queries/compute";
import { type FlowRefusal, type FundsFlow, fundsFlow } from "../rules/funds-flow/funds-flow";
import { type PayoffPicture, payoffPicture } from "../rules/split/curve-points";
import { type Goal, goalPrice } from "../rules/split/goal-seek";
import { plainPrice, type Split, splitOf, type UnknownSplit } from "../rules/split/split";
import {
  flowFigures,
  type GoalAsked,
  goalFigures,
  pictureFigures,
  type SplitFrame,
  type SplitQuestion,
  splitFigures,
} from "../rules/split/split-figures";
import { priceInput, REACHES, SPLIT_PLAN, type SplitPlan, splitPlanSchema } from "../schema/split";

/** No discounting is done here; loadOfferContext only needs one to be named. */
const NO_DISCOUNT = "0";

export type KeptSplit = { version: number; plan: SplitPlan; asOf: string; reason: string; by: string; at: string };

/** A kept split by its version, or the newest; null where there is none. */
export async function findKeptSplit(tx: Tx, ventureId: string, version: number | null): Promise<KeptSplit | null> {
  const where = { ventureId, ...(version === null ? {} : { version }) };
  const row = await tx.distributionPlan.findFirst({ where, orderBy: { version: "desc" } });
  if (!row) return null;
  const { reason, createdBy: by, createdAt } = row;
  const plan = splitPlanSchema.parse(row.plan);
  return { version: row.version, plan, asOf: dayText(row.asOf), reason, by, at: createdAt.toISOString() };
}

export type SplitCase = {
  question: SplitQuestion;
  frame: SplitFrame;
  /** With the price that is tried. */
  terms: OfferTerms;
  loaded: LoadedContext;
  prepared: Prepared | null;
  plan: SplitPlan | null;
};

type Chosen = { terms: OfferTerms; name: string; own: FigureSource[] };

async function chosenTerms(tx: Tx, venture: VentureRow, question: SplitQuestion): Promise<Chosen | null> {
  const { offer: offerId, version, price, day } = question;
  if (offerId === "") {
    const terms = plainPrice(venture.currency, price === "" ? null : price, day);
    return { terms, name: `A price for ${venture.name}`, own: [] };
  }
  const offer = await tx.offer.findFirst({
    where: { id: offerId, ventureId: venture.id },
    include: { deal: { select: { bidder: true } }, versions: { where: { version } } },
  });
  const [found] = offer?.versions ?? [];
  if (!offer || !found) return null;
  const terms = offerTermsSchema.parse(found.terms);
  const own: FigureSource = {
    ...{ kind: "dataset", ventureId: venture.id, dataset: offerDataset(offerId, version), version: 1, rows: 1 },
    filter: { offer: offerId, version },
  };
  const name = `${offer.deal.bidder}, ${offer.title} v${version}${price === "" ? "" : `, at ${price}`}`;
  return { terms: { ...terms, price: price === "" ? terms.price : price }, name, own: [own] };
}

/**
 * Everything that a split is computed from: the terms, the cap table as it is now, and whose tax is kept; null without
 * them. `about` is a plan that is about to be kept as the version of the question.
 */
export async function loadSplitCase(
  tx: Tx,
  venture: VentureRow,
  question: SplitQuestion,
  about: SplitPlan | null = null,
): Promise<SplitCase | null> {
  const chosen = await chosenTerms(tx, venture, question);
  if (!chosen) return null;
  const { terms, name, own } = chosen;
  const kept = question.plan > 0 && !about ? await findKeptSplit(tx, venture.id, question.plan) : null;
  const plan = about ?? kept?.plan ?? null;
  const assumptions = { discountRatio: NO_DISCOUNT, valuedOn: question.day };
  const loaded = await loadOfferContext(tx, venture, assumptions, [terms.currency]);
  const keptRow = { kind: "dataset", ventureId: venture.id, dataset: SPLIT_PLAN, rows: 1, filter: {} } as const;
  const planned: FigureSource[] = plan ? [{ ...keptRow, version: question.plan }] : [];
  const frame: SplitFrame = {
    ...{ ventureId: venture.id, currency: venture.currency, digits: minorDigits(venture.currency), name, question },
    priceCurrency: terms.currency,
    sources: [...own, ...planned, ...loaded.sources, ...(loaded.rateSources[terms.currency] ?? [])],
  };
  const prepared = loaded.context && prepareOffers(loaded.context);
  return { question, frame, terms, loaded, prepared, plan };
}

export type Computed = {
  split: Split | UnknownSplit;
  picture: PayoffPicture | null;
  goal: Goal | null;
  /** Null where the split is not known. */
  flow: Result<FundsFlow, FlowRefusal> | null;
  figures: Figure[];
};

const noGoal: GoalAsked = { goal: "", reach: "all", who: "group" };

function goalOf({ terms, prepared }: SplitCase, asked: GoalAsked): Goal | null {
  if (asked.goal === "" || !prepared) return null;
  const { group } = prepared.context;
  const holders = asked.who === "group" ? group : [asked.who];
  if (!holders) return { kind: "unknown", reason: "no-group-holder" };
  const reach = REACHES.find((one) => one === asked.reach) ?? "all";
  return goalPrice(terms, prepared, { reach, holders, amount: asked.goal });
}

/** The split, its curve and breakpoints, the statement of the money, and the price that is sought, with every figure. */
export function computeSplit(found: SplitCase, asked: GoalAsked = noGoal): Computed {
  const { terms, prepared, frame, plan, loaded } = found;
  const split: Split | UnknownSplit = prepared
    ? splitOf(terms, prepared, plan?.withholdings ?? [])
    : { known: false, reason: loaded.context ? "incomplete-cap-table" : loaded.reason, open: [], problems: [] };
  const picture = prepared && payoffPicture(terms, prepared, terms.price);
  const goal = goalOf(found, asked);
  const flow = split.known ? fundsFlow(split, terms, plan?.financing ?? [], frame.digits) : null;
  const figures = [
    ...splitFigures(frame, split),
    ...(picture ? pictureFigures(frame, picture) : []),
    ...(goal ? goalFigures(frame, goal, asked) : []),
    ...(flow?.ok ? flowFigures(frame, flow.value) : []),
  ];
  return { split, picture, goal, flow, figures };
}

const questionSchema = z.object({
  offer: z.union([z.literal(""), z.uuid()]),
  version: z.int().min(0),
  price: z.union([z.literal(""), priceInput]),
  plan: z.int().min(0),
  day: z.iso.date(),
});
const goalSchema = z.object({
  goal: z.union([z.literal(""), priceInput]),
  reach: z.enum(REACHES),
  who: z.string().max(200),
});

async function figuresOn(tx: Tx, ventureId: string, args: unknown): Promise<Figure[] | null> {
  const question = questionSchema.safeParse(args);
  const asked = goalSchema.safeParse(args);
  const venture = await tx.venture.findUnique({ where: { id: ventureId } });
  const found = question.success && venture ? await loadSplitCase(tx, venture, question.data) : null;
  return found && computeSplit(found, asked.success ? asked.data : noGoal).figures;
}

export const SPLIT_ASK = "distribution.split";
/** How the figures of a split are made again when somebody opens one. */
export const splitFiguresOn = (tx: Tx, ventureId: string, args: FigureAsk["args"]): Promise<Figure[] | null> =>
  figuresOn(tx, ventureId, args);

export async function recomputeSplitFigure(
  tx: Tx,
  { figure, ventureId }: { figure: Figure; ventureId: string | null },
): Promise<Figure[] | null> {
  const args = Object.fromEntries(
    Object.entries(figure.inputs).flatMap(([name, input]) => ("value" in input ? [[name, input.value]] : [])),
  );
  const all = ventureId ? await figuresOn(tx, ventureId, args) : null;
  const again = all?.find(({ id }) => id === figure.id);
  return all && again ? neededBy(again, all) : null;
}
