import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { type Db, db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { openQuestions, type Question } from "./rules/classes";
import { placeOf } from "./rules/package";
import { type CapTable, capTable } from "./rules/positions";
import { type CapTableView, capTableView } from "./rules/view";
import { type ClassTerms, type ConvertibleTerms, type OcfObject, PARTICIPATION } from "./schema";
import { type ClassDividends, DIVIDEND_COMPOUNDING, DIVIDEND_KINDS } from "./schema/dividends";

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

export type StoredCapTable = {
  /** Null before the first import. */
  package: { id: string; importId: string; issuerName: string; asOf: string; importedAt: string } | null;
  table: CapTable | null;
  terms: Map<string, ClassTerms>;
  convertibles: Map<string, ConvertibleTerms>;
  dividends: Map<string, ClassDividends>;
  questions: Question[];
  /** Version of the data set "cap-table"; 0 before the first import. */
  version: number;
  objects: number;
};

async function currentObjects(ventureId: string, client: Db | Tx = db) {
  const found = await client.capTablePackage.findFirst({
    where: { ventureId, supersededAt: null },
    orderBy: { createdAt: "desc" },
    include: { objects: { orderBy: { position: "asc" } } },
  });
  if (!found) return null;
  const objects = found.objects.map(
    ({ packageId: _packageId, date, payload, ...object }): OcfObject => ({
      ...object,
      date: date ? dayOf(date) : null,
      payload: payload as Record<string, unknown>,
    }),
  );
  return { found, objects };
}

async function termsOf(ventureId: string, client: Db | Tx): Promise<Map<string, ClassTerms>> {
  const rows = await client.shareClassTerms.findMany({ where: { ventureId } });
  return new Map(
    rows.map((row) => [
      row.classId,
      {
        classId: row.classId,
        participation: PARTICIPATION.find((known) => known === row.participation) ?? "none",
        capMultiple: row.capMultiple?.toFixed() ?? null,
        liquidationMultiple: row.liquidationMultiple?.toFixed() ?? null,
        conversionRatio: row.conversionRatio?.toFixed() ?? null,
        evidence: row.evidence,
      },
    ]),
  );
}

async function convertiblesOf(ventureId: string, client: Db | Tx): Promise<Map<string, ConvertibleTerms>> {
  const rows = await client.convertibleTerms.findMany({ where: { ventureId } });
  return new Map(
    rows.map((row) => [
      row.securityId,
      {
        securityId: row.securityId,
        kind: row.kind === "note" ? "note" : "safe",
        valuationCap: row.valuationCap?.toFixed() ?? null,
        discountRatio: row.discountRatio?.toFixed() ?? null,
        mostFavoured: row.mostFavoured,
        interestRatio: row.interestRatio?.toFixed() ?? null,
        interestFrom: row.interestFrom && dayOf(row.interestFrom),
        maturesOn: row.maturesOn && dayOf(row.maturesOn),
        onExit: row.onExit === "repaid" ? "repaid" : "better",
        premiumRatio: row.premiumRatio?.toFixed() ?? null,
        evidence: row.evidence,
      },
    ]),
  );
}

async function dividendsOf(ventureId: string, client: Db | Tx): Promise<Map<string, ClassDividends>> {
  const rows = await client.classDividends.findMany({ where: { ventureId } });
  return new Map(
    rows.map(({ classId, kind, ratio, compounding, accruesFrom, amount, onConversion, evidence }) => [
      classId,
      {
        ...{ classId, evidence, ratio: ratio?.toFixed() ?? null, amount: amount?.toFixed() ?? null },
        kind: DIVIDEND_KINDS.find((known) => known === kind) ?? "none",
        compounding: DIVIDEND_COMPOUNDING.find((known) => known === compounding) ?? null,
        accruesFrom: accruesFrom && dayOf(accruesFrom),
        onConversion: onConversion === "kept" ? "kept" : "forfeited",
      },
    ]),
  );
}

/** The venture's cap table at the end of a day (`YYYY-MM-DD`), all transactions without one. */
export async function getCapTable(actor: Actor, ventureId: string, asOf?: string | null): Promise<StoredCapTable> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return loadCapTable(db, ventureId, asOf);
}

/** The same for a computation that reads everything at one moment; who may see it was asked before. */
export async function loadCapTable(client: Db | Tx, ventureId: string, asOf?: string | null): Promise<StoredCapTable> {
  const [current, terms, convertibles, dividends, dataset] = await Promise.all([
    currentObjects(ventureId, client),
    termsOf(ventureId, client),
    convertiblesOf(ventureId, client),
    dividendsOf(ventureId, client),
    client.datasetVersion.findUnique({ where: { ventureId_dataset: { ventureId, dataset: "cap-table" } } }),
  ]);
  const version = dataset?.version ?? 0;
  const read = { terms, convertibles, dividends, version };
  if (!current) return { ...read, package: null, table: null, questions: [], objects: 0 };
  const { found, objects } = current;
  const table = capTable(objects, asOf ?? null);
  return {
    package: {
      id: found.id,
      importId: found.importId,
      issuerName: found.issuerName,
      asOf: dayOf(found.asOf),
      importedAt: found.createdAt.toISOString(),
    },
    ...read,
    table,
    questions: openQuestions(table, terms),
    objects: objects.length,
  };
}

export type TransactionRow = {
  date: string | null;
  type: string;
  externalId: string;
  securityId: string | null;
  quantity: string | null;
  place: string;
};

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** The transactions of the current package, newest first. */
export async function listTransactions(actor: Actor, ventureId: string): Promise<TransactionRow[]> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const current = await currentObjects(ventureId);
  const rows = current?.objects.filter(({ objectType }) => objectType.startsWith("TX_")) ?? [];
  return rows
    .map((object) => ({
      date: object.date,
      type: object.objectType,
      externalId: object.externalId,
      securityId: text(object.payload.security_id),
      quantity: text(object.payload.quantity) ?? text(object.payload.quantity_converted),
      place: placeOf(object),
    }))
    .reverse()
    .sort((a, b) => ((a.date ?? "") > (b.date ?? "") ? -1 : (a.date ?? "") < (b.date ?? "") ? 1 : 0));
}

/** For the screen; null before the first import. */
export async function findCapTableView(
  actor: Actor,
  ventureId: string,
  asOf?: string | null,
): Promise<CapTableView | null> {
  const { package: from, table, terms, convertibles, dividends } = await getCapTable(actor, ventureId, asOf);
  if (!from || !table) return null;
  return capTableView({ issuerName: from.issuerName, importId: from.importId }, table, terms, convertibles, dividends);
}
