import type { Metadata } from "next";
import { ListKeys } from "@/components/shell/list-keys";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { lineOf } from "@/components/ventures/line-of";
import { PortfolioFilter } from "@/components/ventures/portfolio-filter";
import { PortfolioTable } from "@/components/ventures/portfolio-table";
import { pageOf, parseView, type SearchParams } from "@/components/ventures/portfolio-view";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listVentureRows } from "@/lib/reports/queries/venture-rows";

export const metadata: Metadata = { title: "Portfolio" };

const PATH = "/portfolio";

export default async function PortfolioPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requirePermission("venture:read");
  const now = clock.now();
  const view = parseView(await searchParams);
  const rows = await listVentureRows(actor);
  const page = pageOf(
    rows.map((row) => lineOf(row, now)),
    view,
  );
  return (
    <ListKeys up="/">
      <PageHeader
        title="Portfolio"
        lead="The ventures side by side. Each number opens to its proof; each heading sorts."
      />
      <PortfolioFilter path={PATH} view={view} />
      {page.found === 0 ? (
        <EmptyState
          title="Nothing to compare"
          action={rows.length > 0 ? <ButtonLink href={PATH}>Show all</ButtonLink> : null}
        >
          {rows.length > 0 ? "No venture fits what you asked for." : "The first venture that is added appears here."}
        </EmptyState>
      ) : (
        <PortfolioTable path={PATH} view={view} page={page} now={now} />
      )}
    </ListKeys>
  );
}
