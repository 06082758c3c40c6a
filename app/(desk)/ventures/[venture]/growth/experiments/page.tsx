import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { parseSort } from "@/components/experiments/experiment-sort";
import { ExperimentTable } from "@/components/experiments/experiment-table";
import { ExportMenu } from "@/components/reports/export-menu";
import { ListKeys } from "@/components/shell/list-keys";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { listExperiments } from "@/lib/experiments/queries";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Experiments" };

type Props = {
  params: Promise<{ venture: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ExperimentsPage({ params, searchParams }: Props) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const lines = await listExperiments(actor, venture.id);
  const path = `/ventures/${venture.slug}/growth/experiments`;
  const design = isPermitted(actor.role, "experiment:run") ? (
    <ButtonLink variant="primary" href={`${path}/new`}>
      Design an experiment
    </ButtonLink>
  ) : null;
  return (
    <>
      <h1 className="sr-only">{venture.name}: experiments</h1>
      {lines.length > 0 ? (
        <Section
          title="Experiments"
          aside={
            <span className="flex items-baseline gap-3">
              <ExportMenu table="experiments" of="the experiments" query={{ venture: venture.slug }} />
              {design}
            </span>
          }
        >
          <ListKeys>
            <ExperimentTable path={path} lines={lines} sort={parseSort(await searchParams)} />
          </ListKeys>
        </Section>
      ) : (
        <EmptyState title="No experiments yet" action={design}>
          A test says what a change does before it is rolled out: set the smallest effect that matters and the rule by
          which it is decided, then import what each arm counted.
        </EmptyState>
      )}
    </>
  );
}
