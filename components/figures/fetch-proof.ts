import type { FigureProof, SourceRowPage } from "@/lib/figures/queries";
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

export const rowsQuery = (id: string, source: number, page: number) => ({
  queryKey: ["figure-rows", id, source, page],
  queryFn: () => ask<SourceRowPage>(`/api/figures/${id}/rows?source=${source}&page=${page}`),
});

export const rowsFile = (id: string, source: number): string => `/api/figures/${id}/rows?source=${source}&format=csv`;

export const importedRowQuery = (id: string, importId: string, rowNumber: number) => ({
  queryKey: ["imported-row", importId, rowNumber],
  queryFn: () => ask<ImportedRow>(`/api/figures/${id}/rows/${importId}/${rowNumber}`),
});
