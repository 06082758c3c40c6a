import "server-only";
import { z } from "zod";
import { FIT_CRITERIA } from "@/lib/buyers/schema";
import { db } from "@/lib/db";
import type { FigureSource } from "../schema";

type DatasetSource = Extract<FigureSource, { kind: "dataset" }>;

const filterSchema = z.object({ companyId: z.uuid() });
const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
const plain = { importId: null, rowNumber: null, reason: null, supersededAt: null };

/** What the holding knows of a buyer's means. */
export async function buyerRows({ filter }: DatasetSource) {
  const { companyId } = filterSchema.parse(filter);
  const found = await db.buyerCompany.findUnique({ where: { id: companyId } });
  const columns = ["buyer", "kind", "currency", "cash", "debt", "EBITDA", "deals in 36 months", "as of", "from"];
  if (!found) return { columns, rows: [], total: 0 };
  const text = (value: { toFixed(): string } | null) => value?.toFixed() ?? "";
  const cells = [
    ...[found.name, found.kind, found.currency ?? "", text(found.cash), text(found.debt), text(found.ebitda)],
    ...[`${found.deals36m ?? ""}`, dayOf(found.factsAsOf), found.factsSource],
  ];
  const listing = found.listingId && (await db.buyerListing.findUnique({ where: { id: found.listingId } }));
  const from = listing ? { importId: listing.importId, rowNumber: listing.rowNumber } : {};
  const correctedBy = listing && listing.importId !== null ? null : found.recordedBy;
  return { columns, rows: [{ key: companyId, cells, ...plain, correctedBy, ...from }], total: 1 };
}

/** What was claimed of a buyer for the venture, as it stood at `at`. */
export async function buyerClaimRows({ ventureId, filter }: DatasetSource, at: Date) {
  const { companyId } = filterSchema.parse(filter);
  const found = await db.buyerClaim.findMany({
    where: {
      ...{ ventureId, companyId, claimedAt: { lte: at } },
      OR: [{ supersededAt: null }, { supersededAt: { gt: at } }],
    },
    orderBy: { criterion: "asc" },
  });
  const said = found.map((claim) => ({
    key: claim.id.toString(),
    cells: [claim.criterion, `${claim.score}`, claim.tier, claim.claim, claim.source, dayOf(claim.dated)],
    ...{ importId: null, rowNumber: null, correctedBy: claim.claimedBy, reason: null },
    supersededAt: claim.supersededAt?.toISOString() ?? null,
  }));
  const rows = [...said, ...(await listedClaims(ventureId, companyId, at))];
  rows.sort((a, b) => order(a.cells[0]) - order(b.cells[0]));
  return { columns: ["criterion", "score", "evidence", "claim", "from", "dated"], rows, total: rows.length };
}

const ORDER: readonly string[] = FIT_CRITERIA;
const order = (criterion = ""): number => ORDER.indexOf(criterion);

/** What the lists of the venture claimed at `at`, each with the row of its file. */
async function listedClaims(ventureId: string, companyId: string, at: Date) {
  const company = await db.buyerCompany.findUnique({ where: { id: companyId }, select: { nameKey: true } });
  const listings = await db.buyerListing.findMany({
    where: {
      ...{ ventureId, nameKey: company?.nameKey ?? "", recordedAt: { lte: at } },
      OR: [{ supersededAt: null }, { supersededAt: { gt: at } }],
    },
    orderBy: { id: "asc" },
  });
  return listings.flatMap((row) =>
    FIT_CRITERIA.flatMap((criterion) => {
      const [score, tier, claim] = [row[`${criterion}Score`], row[`${criterion}Tier`], row[`${criterion}Claim`]];
      if (score === null) return [];
      return [
        {
          key: `${row.id}-${criterion}`,
          cells: [criterion, `${score}`, tier ?? "C", claim ?? "", row.factsSource, dayOf(row.factsAsOf)],
          ...{ importId: row.importId, rowNumber: row.rowNumber, reason: null },
          correctedBy: row.importId === null ? row.recordedBy : null,
          supersededAt: row.supersededAt?.toISOString() ?? null,
        },
      ];
    }),
  );
}
