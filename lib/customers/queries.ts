import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import {
  type CustomerFact,
  type Dataset,
  INTERVALS,
  INVOICE_KINDS,
  INVOICE_STATUSES,
  type InvoiceFact,
  type SubscriptionFact,
} from "./schema";

type Scope = { ventureId: string; sourceId?: string };

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
const dayOrNull = (date: Date | null): string | null => date && dayOf(date);

/** The database's own checks keep these columns inside the list. */
function known<T extends string>(list: readonly T[], value: string): T {
  const found = list.find((one) => one === value);
  if (!found) throw new AppError("INTERNAL", { cause: value });
  return found;
}

/** Rows and version of one moment, so that a figure never names a version that its rows are not. */
async function read<T>(
  actor: Actor,
  scope: Scope,
  dataset: string,
  rowsOf: (tx: Tx) => Promise<T[]>,
): Promise<Dataset<T>> {
  if (!maySeeVenture(actor, scope.ventureId)) throw new AppError("NOT_FOUND");
  const work = async (tx: Tx) => {
    const key = { ventureId: scope.ventureId, dataset };
    const version = await tx.datasetVersion.findUnique({ where: { ventureId_dataset: key } });
    return { dataset, version: version?.version ?? 0, rows: await rowsOf(tx) };
  };
  return db.$transaction(work, { isolationLevel: "RepeatableRead", timeout: 60_000 });
}

const current = ({ ventureId, sourceId }: Scope) => ({
  ventureId,
  supersededAt: null,
  ...(sourceId ? { sourceId } : {}),
});
const byId = { orderBy: [{ externalId: "asc" as const }, { sourceId: "asc" as const }] };

const provenance = (row: { id: bigint; sourceId: string; importId: string | null; rowNumber: number | null }) => ({
  id: String(row.id),
  sourceId: row.sourceId,
  importId: row.importId,
  rowNumber: row.rowNumber,
});

/** The customers as they stand, of one source or of all; two sources' rows of one customer stay two rows. */
export function listCustomers(actor: Actor, scope: Scope): Promise<Dataset<CustomerFact>> {
  return read(actor, scope, "customers", async (tx) => {
    const rows = await tx.customer.findMany({ where: current(scope), ...byId });
    return rows.map(({ externalId, name, segment, country, channel, startedOn, ...row }) => ({
      ...provenance(row),
      externalId,
      name,
      segment,
      country,
      channel,
      startedOn: dayOrNull(startedOn),
    }));
  });
}

export function listSubscriptions(actor: Actor, scope: Scope): Promise<Dataset<SubscriptionFact>> {
  return read(actor, scope, "subscriptions", async (tx) => {
    const rows = await tx.subscription.findMany({ where: current(scope), ...byId });
    return rows.map((row) => ({
      ...provenance(row),
      externalId: row.externalId,
      customerExternalId: row.customerExternalId,
      plan: row.plan,
      startOn: dayOf(row.startOn),
      endOn: dayOrNull(row.endOn),
      amountMinor: row.amountMinor,
      currency: row.currency,
      interval: known(INTERVALS, row.interval),
      quantity: row.quantity.toFixed(),
    }));
  });
}

export function listInvoices(actor: Actor, scope: Scope): Promise<Dataset<InvoiceFact>> {
  return read(actor, scope, "invoices", async (tx) => {
    const rows = await tx.invoice.findMany({ where: current(scope), ...byId });
    return rows.map((row) => ({
      ...provenance(row),
      externalId: row.externalId,
      customerExternalId: row.customerExternalId,
      issuedOn: dayOf(row.issuedOn),
      periodStart: dayOrNull(row.periodStart),
      periodEnd: dayOrNull(row.periodEnd),
      amountMinor: row.amountMinor,
      currency: row.currency,
      kind: known(INVOICE_KINDS, row.kind),
      status: known(INVOICE_STATUSES, row.status),
    }));
  });
}
