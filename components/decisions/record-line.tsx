import type { TrackRecord } from "@/lib/decisions/queries/track-record";
import type { PolicyResult } from "@/lib/decisions/rules/policy";
import { plural } from "@/lib/format";

/** How this agent's earlier recommendations of the kind were answered, and why this one came to a person. */
export function RecordLine({ record, policy }: { record: TrackRecord | null; policy: PolicyResult }) {
  const decided = record ? record.approved + record.conditional + record.rejected : 0;
  return (
    <div className="prose-width">
      <p>
        {record && decided > 0
          ? `Of ${plural(decided, "recommendation")} of this kind decided so far, ${record.approved + record.conditional} approved, ${record.rejected} rejected.`
          : "No recommendation of this kind has been decided yet."}
      </p>
      <p className="text-muted">Why it is here: {policy.sentence}</p>
    </div>
  );
}
