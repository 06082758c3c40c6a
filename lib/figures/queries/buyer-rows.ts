import "server-only";
import { z } from "zod";
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
  return { columns, rows: [{ key: companyId, cells, ...plain, correctedBy: found.recordedBy }], total: 1 };
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
  const rows = found.map((claim) => ({
    key: claim.id.toString(),
    cells: [claim.criterion, `${claim.score}`, claim.tier, claim.claim, claim.source, dayOf(claim.dated)],
    ...{ importId: null, rowNumber: null, correctedBy: claim.claimedBy, reason: null },
    supersededAt: claim.supersededAt?.toISOString() ?? null,
  }));
  return { columns: ["criterion", "score", "evidence", "claim", "from", "dated"], rows, total: rows.length };
}
