import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TemplatesPanel } from "@/components/documents/templates-panel";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { listTemplates } from "@/lib/documents/queries/templates";
import { ventureOf } from "../../../venture-of";

export const metadata: Metadata = { title: "Templates" };

/** The house's templates with their versions, and the way to bring one's own. */
export default async function TemplatesRoute({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const templates = await listTemplates();
  return <TemplatesPanel slug={venture.slug} templates={templates} mayEdit={isPermitted(actor.role, "deal:edit")} />;
}
