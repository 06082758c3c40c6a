import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { askedView } from "@/lib/figures/rules";
import type { Figure, FigureView } from "@/lib/figures/schema";
import { todayOf } from "@/lib/metrics/queries/performance";
import { addDays } from "@/lib/metrics/rules/periods";
import { counted, type RecordFacts } from "../../rules/records/book";
import { ilpaRows } from "../../rules/records/ilpa";
import type { About, RecordFigures } from "../../rules/records/record-figures";
import { flowFigure, RETURN_LINES } from "../../rules/records/record-report";
import { termWords, wayWords } from "../../rules/records/statement";
import { DISTRIBUTION_RECORD, RECORD_ASK } from "../../schema/records";
import { type ComputedRecord, chosenCurrency, computeRecord } from "./compute";
import { type AccessLine, accessLines, type StatementLine, statementLines } from "./statements";

export type RegisterLine = {
  key: string;
  day: string;
  label: string;
  holderId: string;
  holder: string;
  group: boolean;
  className: string;
  gross: FigureView | null;
  withheld: FigureView | null;
  net: FigureView | null;
};
export type HolderLine = {
  id: string;
  name: string;
  group: boolean;
  figures: Record<(typeof STANDING)[number], FigureView | null>;
  statement: StatementLine | null;
  access: AccessLine | null;
  noticeId: string | null;
};
export type LotLine = {
  id: string;
  label: string;
  holder: string;
  className: string;
  acquiredOn: string | null;
  way: string;
  term: string;
  /** What a person said, and where it is written. */
  evidence: string | null;
  costKnown: boolean;
  figures: Record<"units" | "cost" | "proceeds" | "gain" | "days", FigureView | null>;
};
export type FlowLine = { key: string; day: string; kind: string; label: string; figure: FigureView | null };

export type RecordsPage = {
  venture: { id: string; slug: string; name: string };
  currencies: string[];
  currency: string | null;
  today: string;
  /** The last day that is proposed for a holder’s door. */
  until: string;
  asOf: string;
  totals: Record<(typeof TOTALS)[number], FigureView | null>;
  register: RegisterLine[];
  reversed: { label: string; day: string }[];
  holders: HolderLine[];
  lots: LotLine[];
  returns: { part: string; label: string; figure: FigureView | null }[];
  flows: FlowLine[];
  ilpa: { rows: number; unknown: string[] };
  record: { id: string; version: number } | null;
  /** Where a notice to a holder is written: the deal that was closed. */
  dealId: string | null;
};

type View = (figure: Figure | null) => FigureView | null;
type Of = ComputedRecord & { view: View };

const named = <K extends string>(names: readonly K[], of: (name: K) => FigureView | null) =>
  Object.fromEntries(names.map((name) => [name, of(name)])) as Record<K, FigureView | null>;
const AMOUNTS = ["gross", "withheld", "net"] as const;
const STANDING = ["gross", "withheld", "net", "in-kind", "booked", "ordered", "owed", "open"] as const;
const TOTALS = [...AMOUNTS, "in-kind", "open"] as const;
const LOT_PARTS = ["units", "cost", "proceeds", "gain", "days"] as const;

function registerOf({ facts, figures, view }: Of): RegisterLine[] {
  const holders = new Map(facts.holders.map((one) => [one.id, one]));
  return counted(facts.payments).flatMap(({ id: payment, label, paidOn, shares }) =>
    shares.map(({ holderId, classId }) => {
      const about: About = { payment, holder: holderId, class: classId };
      return {
        ...{ key: `${payment} ${holderId} ${classId}`, day: paidOn, label, holderId },
        ...{ holder: holders.get(holderId)?.name ?? holderId, group: holders.get(holderId)?.group ?? false },
        className: facts.classNames.get(classId) ?? classId,
        ...named(AMOUNTS, (kind) => view(figures.find(`share.${kind}`, about))),
      };
    }),
  );
}

function lotsOf({ facts, figures, view }: Of): LotLine[] {
  const names = new Map(facts.holders.map(({ id, name }) => [id, name]));
  return facts.lots.map((lot) => ({
    ...{ id: lot.id, label: lot.label, holder: names.get(lot.holderId) ?? lot.holderId, acquiredOn: lot.acquiredOn },
    ...{ className: facts.classNames.get(lot.classId) ?? lot.classId, way: wayWords(lot), term: termWords(lot) },
    ...{ evidence: lot.cost.minor === null ? null : lot.cost.note, costKnown: lot.cost.minor !== null },
    figures: named(LOT_PARTS, (part) => view(figures.find(`lot.${part}`, { lot: lot.id, holder: lot.holderId }))),
  }));
}

const flowsOf = ({ figures, view }: Of): FlowLine[] =>
  figures.returns.flows.map((flow) => ({
    ...{ key: `${flow.kind} ${flow.id}`, day: flow.date, kind: flow.kind, label: flow.label },
    figure: view(flowFigure(figures, flow)),
  }));

async function noticesOf(tx: Tx, ventureId: string): Promise<Map<string, string>> {
  const rows = await tx.dealDocument.findMany({ where: { ventureId, kind: "distribution-notice" } });
  return new Map(rows.map(({ about, id }) => [about, id]));
}

type Kept = {
  statements: Map<string, StatementLine>;
  doors: Map<string, AccessLine>;
  notices: Map<string, string>;
};

const holdersOf = ({ facts, figures, view }: Of, { statements, doors, notices }: Kept): HolderLine[] =>
  facts.holders.map(({ id, name, group }) => ({
    ...{ id, name, group, noticeId: notices.get(id) ?? null },
    ...{ statement: statements.get(id) ?? null, access: doors.get(id) ?? null },
    figures: named(STANDING, (part) => view(figures.find(`holder.${part}`, { holder: id }))),
  }));

const EMPTY = { register: [], reversed: [], holders: [], lots: [], returns: [], flows: [], record: null, dealId: null };

/** The register, the holders' statements and doors, tax lots and the group's returns of a sale, in one currency. */
export async function getRecordsPage(
  actor: Actor,
  ventureId: string,
  asked: string | null,
  now: Date,
): Promise<RecordsPage> {
  const venture = await db.venture.findUnique({ where: { id: ventureId } });
  if (!venture || !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const today = todayOf(venture, now);
  const head = {
    venture: { id: venture.id, slug: venture.slug, name: venture.name },
    today,
    until: addDays(today, 90),
  };
  return db.$transaction(
    async (tx): Promise<RecordsPage> => {
      const { currencies, currency } = await chosenCurrency(tx, venture, asked);
      const computed = currency && (await computeRecord(tx, venture, currency, today));
      if (!currency || !computed) {
        const nothing = { ...EMPTY, totals: named(TOTALS, () => null), ilpa: { rows: 0, unknown: [] } };
        return { ...head, ...nothing, currencies, currency: null, asOf: today };
      }
      const { facts, figures } = computed;
      const ask = { of: RECORD_ASK, args: { venture: ventureId, currency, day: today } };
      const of = { ...computed, view: (figure: Figure | null) => figure && askedView(figure, ask) };
      const kept = {
        statements: await statementLines(tx, ventureId, currency),
        doors: await accessLines(tx, ventureId, today, now),
        notices: await noticesOf(tx, ventureId),
      };
      return {
        ...{ ...head, currencies, currency, asOf: facts.asOf, register: registerOf(of), lots: lotsOf(of) },
        ...{ holders: holdersOf(of, kept), flows: flowsOf(of), ilpa: ilpaGaps(facts, figures) },
        totals: named(TOTALS, (part) => of.view(figures.find(`all.${part}`))),
        reversed: facts.payments
          .filter(({ reversed }) => reversed)
          .map(({ label, paidOn }) => ({ label, day: paidOn })),
        returns: RETURN_LINES.map(([part, label]) => ({
          ...{ part, label, figure: of.view(figures.find(`group.${part}`)) },
        })),
        record: await tx.artefact.findFirst({
          where: { ventureId, kind: `${DISTRIBUTION_RECORD}:${currency}` },
          orderBy: { version: "desc" },
          select: { id: true, version: true },
        }),
        dealId: await closedDeal(tx, ventureId),
      };
    },
    { isolationLevel: "RepeatableRead", timeout: 60_000, maxWait: 20_000 },
  );
}

/** The deal that the proceeds are of. */
async function closedDeal(tx: Tx, ventureId: string): Promise<string | null> {
  const deal = await tx.deal.findFirst({ where: { ventureId, stage: { in: ["complete", "closing"] } } });
  return deal?.id ?? null;
}

/** Fields that no row of the capital distribution data has. */
function ilpaGaps(facts: RecordFacts, figures: RecordFigures): { rows: number; unknown: string[] } {
  const rows = ilpaRows(facts, figures);
  const [first, ...rest] = rows;
  const gaps = first?.unknown.filter((field) => rest.every(({ unknown }) => unknown.includes(field))) ?? [];
  return { rows: rows.length, unknown: gaps };
}
