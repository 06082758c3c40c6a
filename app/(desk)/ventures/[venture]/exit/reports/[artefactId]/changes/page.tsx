import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ComparisonView } from "@/components/reports/comparison-view";
import { TextLink } from "@/components/ui/link";
import { requirePermission } from "@/lib/auth/session";
import { findComparison } from "@/lib/reports/queries/artefacts";
import { artefactOf } from "../../../../growth/reports/[artefactId]/artefact-of";

export const metadata: Metadata = { title: "Changes of a report" };

type ChangesPageProps = { params: Promise<{ venture: string; artefactId: string }> };

/** A version beside the one before it. */
export default async function ChangesPage({ params }: ChangesPageProps) {
  const actor = await requirePermission("report:read");
  const { venture, artefactId } = await params;
  const artefact = await artefactOf(venture, artefactId);
  const compared = await findComparison(actor, artefact.id);
  if (!compared) notFound();
  const path = `/ventures/${venture}/exit/reports`;
  return (
    <div className="grid gap-6">
      <header>
        <p className="text-sm text-muted" data-print="none">
          <TextLink href={path}>Reports</TextLink>
        </p>
        <h1 className="headline text-xl">{artefact.title}: what changed</h1>
        <p className="text-sm text-muted">
          From <TextLink href={`${path}/${compared.before.id}`}>version {compared.before.version}</TextLink> to{" "}
          <TextLink href={`${path}/${artefact.id}`}>version {artefact.version}</TextLink>
        </p>
      </header>
      <ComparisonView compared={compared} />
    </div>
  );
}
