import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BenchmarkLoads } from "@/components/growth/benchmark-loads";
import { parseOrder } from "@/components/growth/lever-views";
import { LeversPanel } from "@/components/growth/levers-panel";
import { ExportMenu } from "@/components/reports/export-menu";
import { Disclosure } from "@/components/ui/disclosure";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listBenchmarkLoads } from "@/lib/growth/queries/benchmarks/benchmark-loads";
import { getVentureLevers } from "@/lib/growth/queries/levers/levers";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Levers" };

type PageProps = {
  params: Promise<{ venture: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What could be done about growth, ranked, and which of it to do now. */
export default async function LeversPage({ params, searchParams }: PageProps) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const found = await getVentureLevers(actor, venture.id, null, clock.now());
  return (
    <>
      <h1 className="sr-only">{venture.name}: levers</h1>
      <LeversPanel
        found={found}
        order={parseOrder(await searchParams)}
        path={`/ventures/${venture.slug}/growth/levers`}
        mayPropose={isPermitted(actor.role, "memo:draft")}
        mayLoad={isPermitted(actor.role, "data:import")}
      />
      {isPermitted(actor.role, "data:import") ? <Loads actor={actor} /> : null}
    </>
  );
}

const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/** Which files of benchmarks stand behind the gaps, for all ventures; each can be taken back. */
async function Loads({ actor }: { actor: Actor }) {
  const loads = await listBenchmarkLoads(actor);
  return (
    <div className="mt-3">
      <Disclosure summary="Files of benchmarks that were loaded">
        <div className="flex justify-end">
          <ExportMenu table="benchmarks" of="Benchmarks" />
        </div>
        <BenchmarkLoads
          mayUndo
          loads={loads.map(({ loadedAt, undoneAt, undoneBy, ...load }) => ({
            ...load,
            loadedOn: dayOf(loadedAt),
            undone: undoneAt && { by: undoneBy, on: dayOf(undoneAt) },
          }))}
        />
      </Disclosure>
    </div>
  );
}
