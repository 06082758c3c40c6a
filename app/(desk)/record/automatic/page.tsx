import type { Metadata } from "next";
import { AutomaticTable } from "@/components/record/automatic-table";
import { readerZone } from "@/components/shell/reader";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { requirePermission } from "@/lib/auth/session";
import { listAutomaticDecisions } from "@/lib/decisions/queries/automatic";

export const metadata: Metadata = { title: "What agents did by themselves" };

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

type AutomaticPageProps = { searchParams: Promise<{ before?: string }> };

export default async function AutomaticPage({ searchParams }: AutomaticPageProps) {
  const actor = await requirePermission("memo:read");
  const { before } = await searchParams;
  const zone = await readerZone();
  const { decisions, next } = await listAutomaticDecisions(actor, before && UUID.test(before) ? before : null);
  if (decisions.length === 0) {
    return (
      <EmptyState title="Nothing was done without a person">
        Where a venture’s autonomy is auto, agents carry out routine decisions within the policy’s limits. Each one
        stands here with the rule that allowed it, and the chairman can reverse it.
      </EmptyState>
    );
  }
  return (
    <>
      <p className="mb-4 prose-width text-muted">
        Decided by the policy, without a person, and carried out. Each can be read with its reasons and figures, and
        reversed.
      </p>
      <AutomaticTable decisions={decisions} zone={zone} />
      {next ? (
        <p className="pt-3">
          <ButtonLink href={`/record/automatic?before=${next}`}>Older ones</ButtonLink>
        </p>
      ) : null}
    </>
  );
}
