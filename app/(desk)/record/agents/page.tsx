import type { Metadata } from "next";
import { TrackRecordTable } from "@/components/record/track-record-table";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listAgentRecords } from "@/lib/decisions/queries/autonomy/records";

export const metadata: Metadata = { title: "Agents' record" };

export default async function AgentsPage() {
  const records = await listAgentRecords(await requirePermission("memo:read"), clock.now());
  if (records.length === 0) {
    return (
      <EmptyState title="No proposal yet">
        What each agent proposed, and what became of it, is counted here from the first memo on.
      </EmptyState>
    );
  }
  return (
    <>
      <p className="mb-4 prose-width text-muted">
        Autonomy is earned: what each agent proposed, what a person made of it, and what auto would have done beside it.
        Each number opens to its memos. An approval with conditions, or of another option, counts as amended: a person
        changed what was proposed, so it was not right as it was. What an agent may do by itself stands in the{" "}
        <TextLink href="/settings/policy">policy</TextLink>.
      </p>
      <TrackRecordTable records={records} />
    </>
  );
}
