import type { Metadata } from "next";
import { ListKeys } from "@/components/shell/list-keys";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { PagesOf } from "@/components/ventures/pages-of";
import { packPage } from "@/components/ventures/portfolio/cells";
import { KeptViews } from "@/components/ventures/portfolio/kept-views";
import { PortfolioFilter } from "@/components/ventures/portfolio/portfolio-filter";
import { PortfolioTable } from "@/components/ventures/portfolio/portfolio-table";
import { requirePermission } from "@/lib/auth/session";
import { listPortfolioChoices } from "@/lib/reports/queries/portfolio";
import { parseView, type SearchParams } from "@/lib/reports/schema/portfolio-view";
import { openWithStart, portfolioOf } from "./portfolio-of";

export const metadata: Metadata = { title: "Portfolio" };

const PATH = "/portfolio";

export default async function PortfolioPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requirePermission("venture:read");
  const asked = await searchParams;
  const [choices, { view, lines, page, now }] = await Promise.all([
    listPortfolioChoices(actor),
    portfolioOf(actor, PATH, parseView(asked)),
  ]);
  const { views, sectors, owners } = choices;
  openWithStart(PATH, asked, views);
  return (
    <ListKeys up="/">
      <PageHeader
        title="Portfolio"
        lead="The ventures side by side. Each number opens to its proof; each heading sorts."
      />
      {choices.any ? <KeptViews path={PATH} view={view} views={views} /> : null}
      <PortfolioFilter path={PATH} view={view} choices={{ sectors, owners }} key={JSON.stringify(asked)} />
      {page.found > 0 ? (
        <>
          <PortfolioTable path={PATH} view={view} {...packPage(lines, view.columns, now)} />
          <PagesOf path={PATH} view={view} page={page} />
        </>
      ) : choices.any ? (
        <EmptyState title="Nothing to compare" action={<ButtonLink href={`${PATH}?view=all`}>Show all</ButtonLink>}>
          No venture fits what you asked for.
        </EmptyState>
      ) : (
        <EmptyState title="Nothing to compare">The first venture that is added appears here.</EmptyState>
      )}
    </ListKeys>
  );
}
