import { TextLink } from "@/components/ui/link";
import { formatDue, formatMinor } from "@/lib/format";
import type { BriefMemo } from "@/lib/reports/queries/venture-brief";

const STATUS: Readonly<Record<string, string>> = {
  pending: "open",
  question: "waits for an answer",
  deferred: "deferred",
  confirming: "waits for a second person",
};

export function MemoLines({ memos, now, zone }: { memos: readonly BriefMemo[]; now: Date; zone: string }) {
  if (memos.length === 0) return <p className="py-2 text-muted">No decision is open.</p>;
  return (
    <ul>
      {memos.map((memo) => (
        <li key={memo.id} className="flex items-baseline justify-between gap-4 border-b border-line py-2">
          <span className="min-w-0">
            <TextLink href={`/inbox/${memo.id}`} quiet data-list-item className="font-medium">
              {memo.title}
            </TextLink>{" "}
            <span className="text-sm text-muted">
              {STATUS[memo.status] ?? memo.status}, {memo.reversible ? "reversible" : "irreversible"},{" "}
              {formatDue(memo.dueAt, now, zone)}
            </span>
          </span>
          <span className="shrink-0">
            {memo.stake ? formatMinor(BigInt(memo.stake.amountMinor), memo.stake.currency) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
