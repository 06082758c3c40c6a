import "server-only";
import { fromDate, toCalendarDate } from "@internationalized/date";
import type { Tx } from "@/lib/db";
import { dayText } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import { type BudgetUse, budgetUse, type LedgerEntry } from "../../rules/initiatives/initiative-budget";
import {
  type InitiativeFacts,
  ledgerDataset,
  type MeasuredMonth,
  type MONEY_PARTS,
  type StandingFigures,
  standingFigures,
} from "../../rules/initiatives/initiative-figures";
import { type InitiativeMeasure, measureOf } from "../../rules/initiatives/initiative-measure";
import type { InitiativeRow } from "./initiative-effect";
import { loadMeasureHistory, type MeasureHistory } from "./initiative-history";

export type Standing = {
  measure: InitiativeMeasure;
  history: MeasureHistory;
  use: BudgetUse;
  figures: StandingFigures;
};

export const factsOf = (row: InitiativeRow): InitiativeFacts => ({
  ...{ id: row.id, ventureId: row.ventureId, title: row.title, currency: row.currency, budgetMinor: row.budgetMinor },
  targetValue: row.targetValue === null ? null : new Exact(row.targetValue.toString()),
  startedOn: row.startedOn ? dayText(row.startedOn) : null,
});

export async function listLedger(tx: Tx, initiativeId: string): Promise<LedgerEntry[]> {
  return tx.initiativeSpend.findMany({
    where: { initiativeId },
    orderBy: { recordedAt: "asc" },
    select: { id: true, kind: true, amountMinor: true, closesId: true },
  });
}

/** The last known month, or the last one before the month of the start. */
function monthOf({ months, sources }: MeasureHistory, before: string | null): MeasuredMonth | null {
  const month = before === null ? months.at(-1) : months.findLast((one) => one.month < before.slice(0, 7));
  if (!month) return null;
  const { value, reason } = month;
  return { month: month.month, value: value === null ? null : new Exact(value), reason: reason ?? null, sources };
}

export type Money = { use: BudgetUse; figures: Pick<StandingFigures, (typeof MONEY_PARTS)[number]> };

async function ledgerOf(tx: Tx, { id, ventureId, budgetMinor }: InitiativeRow, today: string) {
  const entries = await listLedger(tx, id);
  const key = { ventureId_dataset: { ventureId, dataset: ledgerDataset(id) } };
  const version = await tx.datasetVersion.findUnique({ where: key });
  const use = budgetUse(entries, budgetMinor);
  return { today, use, entries: entries.length, ledgerVersion: version?.version ?? 0 };
}

/** The money of an initiative: quick, because it looks at its own rows alone. */
export async function loadMoney(tx: Tx, row: InitiativeRow, today: string): Promise<Money> {
  const ledger = await ledgerOf(tx, row, today);
  const measure = measureOf(row);
  const { budget, spent, committed, target } = standingFigures(factsOf(row), {
    ...ledger,
    measure,
    baseline: null,
    now: null,
  });
  return { use: ledger.use, figures: { budget, spent, committed, target } };
}

/** Where an initiative stands on a day at its venture: money, and its measure before the start and now. */
export async function loadStanding(tx: Tx, row: InitiativeRow, today: string): Promise<Standing> {
  const measure = measureOf(row);
  const history = await loadMeasureHistory(tx, { id: row.ventureId, currency: row.currency }, measure, today);
  const ledger = await ledgerOf(tx, row, today);
  const baseline = monthOf(history, dayText(row.startedOn ?? row.startsOn));
  const figures = standingFigures(factsOf(row), { ...ledger, measure, baseline, now: monthOf(history, null) });
  return { measure, history, use: ledger.use, figures };
}

export const todayAt = (timeZone: string, now: Date): string => toCalendarDate(fromDate(now, timeZone)).toString();
