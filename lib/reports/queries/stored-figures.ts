import "server-only";
import { type FigureRef, listRevisions, toFigure } from "@/lib/figures/queries";
import type { StoredFigure } from "../rules/document";

/** The revisions that a document quotes, as its files say them. */
export const storedFigures = async (refs: readonly FigureRef[]): Promise<StoredFigure[]> =>
  (await listRevisions(refs)).map((row) => {
    const { id, label, value, reason, unit, asOf, method, formula, sources } = toFigure(row);
    const view = { id, revision: row.revision, label, value, unit, asOf, reason: reason ?? null };
    return { ...view, method, formula, sources };
  });
