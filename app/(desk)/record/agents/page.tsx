import type { Metadata } from "next";
import { TrackRecordTable } from "@/components/record/track-record-table";
import { EmptyState } from "@/components/ui/empty-state";
import { requirePermission } from "@/lib/auth/session";
import { listTrackRecords } from "@/lib/decisions/queries/track-record";

export const metadata: Metadata = { title: "Agents' record" };

export default async function AgentsPage() {
  const records = await listTrackRecords(await requirePermission("memo:read"));
  if (records.length === 0) {
    return (
      <EmptyState title="No recommendation yet">
        What each agent recommended, and what became of it, is counted here from the first memo on.
      </EmptyState>
    );
  }
  return (
    <>
      <p className="mb-4 prose-width text-muted">
        Autonomy is earned: this is what each agent recommended and what was decided. Outcomes follow when the
        initiatives have been measured.
      </p>
      <TrackRecordTable records={records} />
    </>
  );
}
