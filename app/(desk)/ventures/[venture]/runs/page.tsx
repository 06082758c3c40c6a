import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CrewList } from "@/components/agents/crew-list";
import { RunTable } from "@/components/agents/run-table";
import { ListKeys } from "@/components/shell/list-keys";
import { readerZone } from "@/components/shell/reader";
import { EmptyState } from "@/components/ui/empty-state";
import { crewOverview } from "@/lib/agents/overview";
import { listRunHeads } from "@/lib/agents/queries/trace";
import { requirePermission } from "@/lib/auth/session";
import { ventureOf } from "../venture-of";

export const metadata: Metadata = { title: "Agent runs" };

const MOST = 200;

/** Every run of an agent at this venture: what it was, who began it, what it took. */
export default async function RunsPage({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const [zone, runs, crew] = await Promise.all([readerZone(), listRunHeads(actor, venture.id, MOST), crewOverview()]);
  return (
    <ListKeys up={`/ventures/${venture.slug}`} className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <h1 className="headline text-xl">Agent runs</h1>
      {runs.length === 0 ? (
        <EmptyState title="No agent has worked here yet">
          Begin a run on the pages Growth, Exit, Deal or Stage. Each leaves its trace here.
        </EmptyState>
      ) : (
        <RunTable runs={runs} slug={venture.slug} zone={zone} />
      )}
      <div className="mt-5">
        <CrewList crew={crew} />
      </div>
    </ListKeys>
  );
}
