import "server-only";
import { z } from "zod";
import { db } from "@/lib/db";
import { fromMinor } from "@/lib/money";
import type { FigureSource } from "../schema";

type DatasetSource = Extract<FigureSource, { kind: "dataset" }>;

const filterSchema = z.object({ security: z.string().optional() });
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const priceOf = (value: unknown): string => {
  const money = z.object({ amount: z.string(), currency: z.string() }).safeParse(value);
  return money.success ? `${money.data.amount} ${money.data.currency}` : "";
};

/** The transactions of the cap table that name a security: how a lot came to be, and what it was issued for. */
export async function securityRows({ ventureId, filter }: DatasetSource) {
  const { security = "" } = filterSchema.parse(filter);
  const found = await db.capTableObject.findMany({
    where: {
      objectType: { startsWith: "TX_" },
      package: { ventureId, supersededAt: null },
      OR: [
        { payload: { path: ["security_id"], equals: security } },
        { payload: { path: ["balance_security_id"], equals: security } },
        { payload: { path: ["resulting_security_ids"], array_contains: [security] } },
      ],
    },
    orderBy: [{ date: "asc" }, { position: "asc" }],
    include: { package: { select: { importId: true } } },
  });
  const rows = found.map(({ externalId, date, objectType, payload, package: from, itemIndex, fileName }) => {
    const { security_id, quantity, share_price, exercise_price } = payload as Record<string, unknown>;
    return {
      key: externalId,
      cells: [
        ...[date?.toISOString().slice(0, 10) ?? "", objectType, textOf(security_id), textOf(quantity)],
        ...[priceOf(share_price ?? exercise_price), `${fileName}, item ${itemIndex + 1}`],
      ],
      ...{ importId: from.importId, rowNumber: null, correctedBy: null, reason: null, supersededAt: null },
    };
  });
  return { columns: ["day", "transaction", "security", "quantity", "price", "place"], rows, total: rows.length };
}

/** What people said was paid for a lot, the newest first; it stands. */
export async function lotCostRows({ ventureId, filter }: DatasetSource, at: Date) {
  const { security } = filterSchema.parse(filter);
  const found = await db.lotCost.findMany({
    where: { ventureId, ...(security ? { securityId: security } : {}), statedAt: { lte: at } },
    orderBy: { id: "desc" },
  });
  const rows = found.map(({ id, securityId, amountMinor, currency, evidence, statedBy }) => ({
    ...{ key: `${id}`, cells: [securityId, fromMinor(amountMinor, currency).toFixed(), currency] },
    ...{ importId: null, rowNumber: null, correctedBy: statedBy, reason: evidence, supersededAt: null },
  }));
  return { columns: ["security", "paid in all", "currency"], rows, total: rows.length };
}
