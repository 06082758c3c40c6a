import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DocumentsPanel } from "@/components/documents/documents-panel";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getDocumentsPage } from "@/lib/documents/queries/documents";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Documents" };

/** Every document of the sale by kind, with its state, and what can be written. */
export default async function DocumentsRoute({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const page = await getDocumentsPage(actor, venture.id, clock.now());
  return (
    <>
      <h1 className="sr-only">{venture.name}: documents</h1>
      <DocumentsPanel page={page} mayEdit={isPermitted(actor.role, "deal:edit")} />
    </>
  );
}
