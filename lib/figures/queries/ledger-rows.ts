import "server-only";
import { z } from "zod";
import { db, type Prisma } from "@/lib/db";
import { fromMinor } from "@/lib/money";
import type { FigureSource } from "../schema";

type DatasetSource = Extract<FigureSource, { kind: "dataset" }>;

const filterSchema = z.object({
  to: z.iso.date().transform((day) => new Date(`${day}T00:00:00Z`)),
  account: z.uuid().optional(),
  currency: z.string().optional(),
  tranche: z.uuid().optional(),
});

const textOf = (date: Date): string => date.toISOString().slice(0, 10);

/** The postings behind a balance, as they stood at `at`: debits above zero, credits below. */
export async function ledgerRows({ ventureId, filter }: DatasetSource, page: { skip: number; take: number }, at: Date) {
  const { to, account, currency, tranche } = filterSchema.parse(filter);
  const where: Prisma.LedgerPostingWhereInput = {
    ...{ ventureId, transaction: { effectiveOn: { lte: to }, recordedAt: { lte: at } } },
    ...(account ? { accountId: account } : {}),
    ...(currency ? { currency } : {}),
    ...(tranche ? { account: { kind: "contingent", party: tranche } } : {}),
  };
  const [total, postings] = await Promise.all([
    db.ledgerPosting.count({ where }),
    db.ledgerPosting.findMany({
      ...{ where, ...page, include: { transaction: true, account: true } },
      orderBy: [{ transaction: { effectiveOn: "asc" } }, { transactionId: "asc" }, { accountId: "asc" }],
    }),
  ]);
  const rows = postings.map(({ transaction: entry, account: { kind, name }, amountMinor, currency: unit }) => ({
    key: `${entry.id}/${kind}/${name}`,
    cells: [
      ...[textOf(entry.effectiveOn), entry.kind, entry.description, kind, name],
      ...[fromMinor(amountMinor, unit).toFixed(), unit],
    ],
    ...{ importId: null, rowNumber: null, correctedBy: entry.recordedBy, reason: null, supersededAt: null },
  }));
  const columns = ["day", "entry", "what for", "account", "of", "debit or credit", "currency"];
  return { columns, rows, total };
}

const paymentFilter = z.object({ instruction: z.uuid().optional() });

/** The payments of a batch, as they were drafted: what they say never changes. The account shows its last four only. */
export async function paymentRows({ dataset, filter }: DatasetSource, page: { skip: number; take: number }) {
  const batchId = z.uuid().parse(dataset.slice("payments:".length));
  const { instruction } = paymentFilter.parse(filter);
  const where = { batchId, ...(instruction ? { id: instruction } : {}) };
  const [total, payments] = await Promise.all([
    db.paymentInstruction.count({ where }),
    db.paymentInstruction.findMany({
      ...{ where, ...page, include: { payee: true, details: true } },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    }),
  ]);
  const rows = payments.map(({ id, payee, details, endToEndId, amountMinor, currency, createdBy }) => ({
    key: id,
    cells: [payee.name, details.masked, endToEndId, fromMinor(amountMinor, currency).toFixed(), currency],
    ...{ importId: null, rowNumber: null, correctedBy: createdBy, reason: null, supersededAt: null },
  }));
  return { columns: ["payee", "account", "end-to-end id", "amount", "currency"], rows, total };
}
