import type { Metadata } from "next";
import { ListKeys } from "@/components/shell/list-keys";
import { readerZone } from "@/components/shell/reader";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { ArchivedList } from "@/components/ventures/archived-list";
import { PortfolioFilter } from "@/components/ventures/portfolio/portfolio-filter";
import { VentureList } from "@/components/ventures/venture-list";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { formatMoment } from "@/lib/format";
import { listPortfolioChoices } from "@/lib/reports/queries/portfolio";
import { parseView, type SearchParams } from "@/lib/reports/schema/portfolio-view";
import { listArchivedVentures } from "@/lib/ventures/queries";
import { portfolioOf } from "../portfolio/portfolio-of";

export const metadata: Metadata = { title: "Ventures" };

const PATH = "/ventures";

export default async function VenturesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requirePermission("venture:read");
  const mayAdd = isPermitted(actor.role, "venture:configure");
  const [lines, { any }, archived, zone] = await Promise.all([
    portfolioOf(actor, PATH, parseView(await searchParams)),
    listPortfolioChoices(actor),
    mayAdd ? listArchivedVentures(actor) : [],
    readerZone(),
  ]);
  return (
    <ListKeys up="/">
      <PageHeader
        title="Ventures"
        actions={
          <>
            <ButtonLink href="/portfolio">Side by side</ButtonLink>
            {any && isPermitted(actor.role, "stage:trigger") ? (
              <ButtonLink href="/ventures/hand-over">Hand-over of stage 39</ButtonLink>
            ) : null}
            {mayAdd && any ? <NewVenture /> : null}
          </>
        }
      />
      <PortfolioFilter path={PATH} view={lines.view} />
      {lines.page.found === 0 ? <NoVentures any={any} mayAdd={mayAdd} /> : <VentureList {...lines} />}
      <ArchivedList
        ventures={archived.map(({ archivedAt, ...venture }) => ({ ...venture, since: formatMoment(archivedAt, zone) }))}
      />
    </ListKeys>
  );
}

const NewVenture = () => (
  <ButtonLink href={`${PATH}/new`} variant="primary">
    New venture
  </ButtonLink>
);

function NoVentures({ any, mayAdd }: { any: boolean; mayAdd: boolean }) {
  return any ? (
    <EmptyState title="No venture like that" action={<ButtonLink href={PATH}>Show all</ButtonLink>}>
      No name, stage or level fits what you asked for.
    </EmptyState>
  ) : (
    <EmptyState title="No venture yet" action={mayAdd ? <NewVenture /> : null}>
      Each venture of the holding appears here as soon as it is added, or as soon as you may see it.
    </EmptyState>
  );
}
