import type { Metadata } from "next";
import { ListKeys } from "@/components/shell/list-keys";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { lineOf } from "@/components/ventures/line-of";
import { PortfolioFilter } from "@/components/ventures/portfolio-filter";
import { pageOf, parseView, type SearchParams } from "@/components/ventures/portfolio-view";
import { VentureList } from "@/components/ventures/venture-list";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listVentureRows } from "@/lib/reports/queries/venture-rows";

export const metadata: Metadata = { title: "Ventures" };

const PATH = "/ventures";

export default async function VenturesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
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
      <PageHeader title="Ventures" actions={<ButtonLink href="/portfolio">Side by side</ButtonLink>} />
      <PortfolioFilter path={PATH} view={view} />
      {page.found === 0 ? (
        <NoVentures any={rows.length > 0} path={PATH} />
      ) : (
        <VentureList path={PATH} view={view} page={page} now={now} />
      )}
    </ListKeys>
  );
}

function NoVentures({ any, path }: { any: boolean; path: string }) {
  return any ? (
    <EmptyState title="No venture like that" action={<ButtonLink href={path}>Show all</ButtonLink>}>
      No name, stage or level fits what you asked for.
    </EmptyState>
  ) : (
    <EmptyState title="No venture yet">
      Each venture of the holding appears here as soon as it is added, or as soon as you may see it.
    </EmptyState>
  );
}
