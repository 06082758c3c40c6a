import "server-only";
import { z } from "zod";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Figure, FigureAsk } from "@/lib/figures/schema";
import type { RecordFacts } from "../../rules/records/book";
import { type RecordFigures, recordFigures } from "../../rules/records/record-figures";
import { loadRecordFacts, type RecordVenture, recordCurrencies } from "./facts";

export type ComputedRecord = { facts: RecordFacts; figures: RecordFigures };

/** The record of a currency up to a day with all its figures; null where nothing was distributed. */
export async function computeRecord(
  tx: Tx,
  venture: RecordVenture,
  currency: string,
  cutoff: string,
): Promise<ComputedRecord | null> {
  const facts = await loadRecordFacts(tx, venture, currency, cutoff);
  return facts && { facts, figures: recordFigures(facts) };
}

const args = z.object({ currency: z.string(), day: z.iso.date() });

/** How the figures of a record are made when somebody opens one. */
export async function recordFiguresOn(tx: Tx, ventureId: string, asked: FigureAsk["args"]): Promise<Figure[] | null> {
  const read = args.safeParse(asked);
  const venture = read.success && (await tx.venture.findUnique({ where: { id: ventureId } }));
  if (!venture) return null;
  return (await computeRecord(tx, venture, read.data.currency, read.data.day))?.figures.all ?? null;
}

/** The same figures for who may see the venture, as tools hand them out. */
export async function getRecordFigures(
  actor: Actor,
  ventureId: string,
  currency: string,
  day: string,
): Promise<Figure[]> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const figures = await db.$transaction((tx) => recordFiguresOn(tx, ventureId, { currency, day }), { timeout: 60_000 });
  return figures ?? [];
}

/** For the recompute registry: up to the same day, from what is stored now. */
export async function recomputeRecordFigure(
  tx: Tx,
  { figure, ventureId }: { figure: Figure; ventureId: string | null },
): Promise<Figure[] | null> {
  const { currency } = figure.inputs;
  if (!ventureId || !currency || !("value" in currency)) return null;
  const figures = await recordFiguresOn(tx, ventureId, { currency: `${currency.value}`, day: figure.asOf });
  return figures?.some(({ id }) => id === figure.id) ? figures : null;
}

/** The currency that is meant: the one asked for where something was distributed in it, else the first. */
export async function chosenCurrency(tx: Tx, venture: RecordVenture, asked: string | null) {
  const currencies = await recordCurrencies(tx, venture);
  return { currencies, currency: currencies.find((one) => one === asked) ?? currencies[0] ?? null };
}
