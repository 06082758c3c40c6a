import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { DocumentPanel } from "@/components/documents/document-panel";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { findDocumentView } from "@/lib/documents/queries/documents";
import { ventureOf } from "../../../venture-of";

export const metadata: Metadata = { title: "Document" };

const version = z.coerce.number().int().positive().nullable().catch(null);
const searchSchema = z.object({ version: version.default(null), since: version.default(null) });

type DocumentRouteProps = {
  params: Promise<{ venture: string; documentId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** One version of a document, what is missing in it, and what changed since another one. */
export default async function DocumentRoute({ params, searchParams }: DocumentRouteProps) {
  const actor = await requirePermission("venture:read");
  const { venture: slug, documentId } = await params;
  const venture = await ventureOf(slug);
  if (!venture || !z.uuid().safeParse(documentId).success) notFound();
  const { version: asked, since } = searchSchema.parse(await searchParams);
  const view = await findDocumentView(actor, { documentId, version: asked, from: since }, clock.now());
  if (view?.ventureId !== venture.id) notFound();
  const may = { edit: isPermitted(actor.role, "deal:edit"), ask: isPermitted(actor.role, "memo:draft") };
  return <DocumentPanel slug={venture.slug} view={view} may={may} />;
}
