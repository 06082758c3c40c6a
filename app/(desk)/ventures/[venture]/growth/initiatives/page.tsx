import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DoneWhen } from "@/components/growth/initiative-done-when";
import { InitiativeImport } from "@/components/growth/initiative-import";
import { InitiativeList } from "@/components/growth/initiative-list";
import { readSort } from "@/components/growth/initiative-sort";
import { ExportMenu } from "@/components/reports/export-menu";
import { readerZone } from "@/components/shell/reader";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { plural } from "@/lib/format";
import { listInitiativeFiles } from "@/lib/growth/queries/initiatives/initiative-file";
import { getInitiatives } from "@/lib/growth/queries/initiatives/initiatives";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Initiatives" };

type InitiativesPageProps = {
  params: Promise<{ venture: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function InitiativesPage({ params, searchParams }: InitiativesPageProps) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const { initiatives, doneWhen } = await getInitiatives(actor, venture.id);
  const sort = readSort((await searchParams).sort);
  return (
    <div className="grid grid-cols-1 gap-9">
      <h1 className="sr-only">{venture.name}: initiatives</h1>
      {initiatives.length === 0 ? (
        <EmptyState
          title="No initiative yet"
          action={<ButtonLink href={`/ventures/${venture.slug}/growth`}>Look for levers</ButtonLink>}
        >
          A lever that the chairman approves becomes an initiative, with milestones, a budget and review dates.
        </EmptyState>
      ) : (
        <Section
          title="Initiatives"
          aside={
            <span className="flex items-baseline gap-3">
              {plural(initiatives.length, "initiative")}
              <ExportMenu table="initiatives" of="Initiatives" query={{ venture: venture.slug }} />
              <ExportMenu
                table="initiative-spend"
                of="Spending"
                label="Export spending"
                query={{ venture: venture.slug }}
              />
            </span>
          }
        >
          <InitiativeList initiatives={initiatives} slug={venture.slug} sort={sort} />
        </Section>
      )}
      {isPermitted(actor.role, "venture:configure") ? (
        <Disclosure summary="Take over initiatives from a file">
          <InitiativeImport
            ventureId={venture.id}
            files={await listInitiativeFiles(actor, venture.id)}
            zone={await readerZone()}
          />
        </Disclosure>
      ) : null}
      <Section title="Growth management is done when">
        <DoneWhen criteria={doneWhen} />
      </Section>
    </div>
  );
}
