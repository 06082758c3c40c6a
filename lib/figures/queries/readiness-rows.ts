import "server-only";
import { z } from "zod";
import { db } from "@/lib/db";
import { criterionOf } from "@/lib/readiness/rules/criteria";
import { evidenceSchema } from "@/lib/readiness/schema/assessment";
import type { FigureSource } from "../schema";

type DatasetSource = Extract<FigureSource, { kind: "dataset" }>;

const filterSchema = z.object({ criterion: z.string() });

/** What a person said of a criterion, as it stood at `at`: the score, why, and each piece of evidence. */
export async function readinessRows({ ventureId, filter }: DatasetSource, at: Date) {
  const { criterion } = filterSchema.parse(filter);
  const columns = ["criterion", "score", "evidence", "dated"];
  const stored = await db.readinessScore.findFirst({
    where: { ventureId, criterion, scoredAt: { lte: at }, OR: [{ supersededAt: null }, { supersededAt: { gt: at } }] },
  });
  if (!stored) return { columns, rows: [], total: 0 };
  const evidence = z.array(evidenceSchema).parse(stored.evidence);
  const pieces = evidence.length > 0 ? evidence : [{ label: "", date: "" }];
  const rows = pieces.map(({ label, date }, index) => ({
    key: `${stored.id}-${index}`,
    cells: [criterionOf(criterion)?.label ?? criterion, stored.score === null ? "" : `${stored.score}`, label, date],
    ...{ importId: null, rowNumber: null, correctedBy: stored.scoredBy, reason: stored.rationale },
    supersededAt: stored.supersededAt?.toISOString() ?? null,
  }));
  return { columns, rows, total: rows.length };
}
