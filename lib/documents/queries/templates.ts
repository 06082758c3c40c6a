import "server-only";
import { namesByRef } from "@/lib/auth/people";
import { type Db, db, type Tx } from "@/lib/db";
import { DOCUMENT_KINDS, type DocumentKind, kindOfDocument } from "../schema";

export type StoredTemplate = {
  id: string;
  kind: DocumentKind;
  version: number;
  source: string;
  format: string;
  body: string;
  fileName: string;
};
export type TemplateView = StoredTemplate & { note: string; byName: string; at: string };

const select = {
  ...{ id: true, kind: true, version: true, source: true, format: true, body: true, fileName: true },
  ...{ note: true, by: true, at: true },
} as const;

/** Every stored version, the newest of each kind first. */
export async function listTemplates(): Promise<TemplateView[]> {
  const rows = await db.documentTemplate.findMany({ select, orderBy: [{ kind: "asc" }, { version: "desc" }] });
  const names = await namesByRef(
    db,
    rows.map(({ by }) => by),
  );
  return rows
    .map(({ by, at, ...row }) => ({
      ...row,
      kind: kindOfDocument(row.kind),
      byName: names.get(by) ?? "The house",
      at: at.toISOString(),
    }))
    .toSorted((a, b) => DOCUMENT_KINDS.indexOf(a.kind) - DOCUMENT_KINDS.indexOf(b.kind));
}

export const newestTemplate = (tx: Tx | Db, kind: DocumentKind) =>
  tx.documentTemplate.findFirst({ where: { kind }, orderBy: { version: "desc" } });
