import type { Metadata } from "next";
import { ListKeys } from "@/components/shell/list-keys";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { AddCompared } from "@/components/ventures/portfolio/add-compared";
import { ComparisonTable } from "@/components/ventures/portfolio/comparison-table";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listCompared } from "@/lib/reports/queries/portfolio";
import { MOST_COMPARED } from "@/lib/reports/schema/portfolio";
import { comparedOf, type SearchParams } from "@/lib/reports/schema/portfolio-view";
import { listVentures } from "@/lib/ventures/queries";

export const metadata: Metadata = { title: "Comparison" };

export default async function ComparePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requirePermission("venture:read");
  const ventures = await listCompared(actor, comparedOf((await searchParams).v));
  const chosen = ventures.map(({ slug }) => slug);
  const others =
    ventures.length < MOST_COMPARED
      ? (await listVentures(actor))
          .filter(({ slug }) => !chosen.includes(slug))
          .map(({ slug, name }) => ({ slug, name }))
      : [];
  return (
    <ListKeys up="/portfolio">
      <PageHeader
        title="Comparison"
        lead={`Up to ${MOST_COMPARED} ventures, line by line. Each number opens to its proof.`}
        actions={<ButtonLink href="/portfolio">Portfolio</ButtonLink>}
      />
      <AddCompared chosen={chosen} others={others} />
      {ventures.length > 0 ? (
        <ComparisonTable ventures={ventures} now={clock.now()} />
      ) : (
        <EmptyState title="Nothing to compare yet" action={<ButtonLink href="/portfolio">Portfolio</ButtonLink>}>
          Tick ventures in the portfolio, or add one here.
        </EmptyState>
      )}
    </ListKeys>
  );
}
