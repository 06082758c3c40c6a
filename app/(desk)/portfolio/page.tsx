import type { Metadata } from "next";
import { ListKeys } from "@/components/shell/list-keys";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { PortfolioFilter } from "@/components/ventures/portfolio-filter";
import { PortfolioTable } from "@/components/ventures/portfolio-table";
import type { SearchParams } from "@/components/ventures/portfolio-view";
import { requirePermission } from "@/lib/auth/session";
import { portfolioOf } from "./portfolio-of";

export const metadata: Metadata = { title: "Portfolio" };

const PATH = "/portfolio";

export default async function PortfolioPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requirePermission("venture:read");
  const { any, lines } = await portfolioOf(actor, PATH, searchParams);
  return (
    <ListKeys up="/">
      <PageHeader
        title="Portfolio"
        lead="The ventures side by side. Each number opens to its proof; each heading sorts."
      />
      <PortfolioFilter path={PATH} view={lines.view} />
      {lines.page.found === 0 ? (
        <EmptyState title="Nothing to compare" action={any ? <ButtonLink href={PATH}>Show all</ButtonLink> : null}>
          {any ? "No venture fits what you asked for." : "The first venture that is added appears here."}
        </EmptyState>
      ) : (
        <PortfolioTable {...lines} />
      )}
    </ListKeys>
  );
}
