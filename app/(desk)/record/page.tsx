import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DecisionTable } from "@/components/record/decision-table";
import { readerZone } from "@/components/shell/reader";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { isPermitted } from "@/lib/auth/permissions";
import { requireActor } from "@/lib/auth/session";
import { listDecisions } from "@/lib/reports/queries/decisions";

export const metadata: Metadata = { title: "Decisions taken" };

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

type RecordPageProps = { searchParams: Promise<{ before?: string }> };

export default async function RecordPage({ searchParams }: RecordPageProps) {
  const actor = await requireActor();
  if (!isPermitted(actor.role, "memo:read")) redirect("/record/events");
  const { before } = await searchParams;
  const zone = await readerZone();
  const { decisions, next } = await listDecisions(actor, 50, before && UUID.test(before) ? before : null);
  if (decisions.length === 0) {
    return (
      <EmptyState title="No decision yet" action={<ButtonLink href="/inbox">Open the inbox</ButtonLink>}>
        Each verdict on a memo appears here with its note, its conditions and the version that was read.
      </EmptyState>
    );
  }
  return (
    <>
      <DecisionTable decisions={decisions} zone={zone} />
      {next ? (
        <p className="pt-3">
          <ButtonLink href={`/record?before=${next}`}>Older decisions</ButtonLink>
        </p>
      ) : null}
    </>
  );
}
