import { openAsked } from "@/lib/figures/actions";
import type { FigureProof, SourceRowPage } from "@/lib/figures/queries";
import type { FigureAsk, FigureView } from "@/lib/figures/schema";
import type { SourceRow } from "@/lib/imports/queries";

async function ask<T>(address: string): Promise<T> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as T;
}

/** As JSON carries it: moments are text. */
export type ImportedRow = Omit<SourceRow, "importedAt"> & { importedAt: string };

export const proofQuery = (id: string, revision?: number) => ({
  queryKey: ["figure", id, revision ?? "latest"],
  queryFn: () => ask<FigureProof>(`/api/figures/${id}${revision ? `?revision=${revision}` : ""}`),
});

/** The figure behind a number that was shown before it was stored: made and stored now. */
export const openedQuery = (figureId: string, asked: FigureAsk) => ({
  queryKey: ["figure-opened", figureId],
  queryFn: async (): Promise<FigureView> => {
    const outcome = await openAsked({ figureId, ask: asked });
    if (!outcome.ok) throw new Error(outcome.refusal);
    return outcome.value;
  },
});

export type RowsAsked = { id: string; revision: number; source: number };

export const rowsQuery = ({ id, revision, source }: RowsAsked, page: number) => ({
  queryKey: ["figure-rows", id, revision, source, page],
  queryFn: () => ask<SourceRowPage>(`/api/figures/${id}/rows?revision=${revision}&source=${source}&page=${page}`),
});

export const rowsFile = ({ id, revision, source }: RowsAsked): string =>
  `/api/figures/${id}/rows?revision=${revision}&source=${source}&format=csv`;

export const importedRowQuery = (id: string, importId: string, rowNumber: number) => ({
  queryKey: ["imported-row", importId, rowNumber],
  queryFn: () => ask<ImportedRow>(`/api/figures/${id}/rows/${importId}/${rowNumber}`),
});
