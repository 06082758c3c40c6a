"use client";

import { useSelectedLayoutSegment } from "next/navigation";
import { AppLink } from "@/components/ui/app-link";
import { classNames } from "@/components/ui/class-names";
import type { InboxItem } from "@/lib/decisions/queries/inbox";
import { formatDay, formatDue, formatMinor, plural } from "@/lib/format";
import { STATUS_WORDS } from "./verdict-words";

type InboxListProps = { label: string; items: readonly InboxItem[]; now: string; zone: string };

/** Most urgent first; under each title the reason for its place. The whole line is the link. */
export function InboxList({ label, items, now, zone }: InboxListProps) {
  const current = useSelectedLayoutSegment();
  return (
    <ol aria-label={label}>
      {items.map((item) => (
        <li key={item.id} className="border-b border-line">
          <AppLink
            href={`/inbox/${item.id}`}
            data-list-item
            aria-current={item.id === current ? "page" : undefined}
            className="block border-l-3 border-transparent py-2 pr-1 pl-3 hover:bg-wash aria-[current=page]:border-accent aria-[current=page]:bg-selected"
          >
            <span className="flex items-baseline justify-between gap-3">
              <span className={classNames("min-w-0 wrap-anywhere", item.unseen ? "font-semibold" : "font-medium")}>
                {item.title}
                {item.unseen ? <span className="sr-only"> (not read yet)</span> : null}
              </span>
              <span className="shrink-0 font-medium">
                {item.stake ? formatMinor(BigInt(item.stake.amountMinor), item.stake.currency) : "–"}
              </span>
            </span>
            <span className="flex flex-wrap justify-between gap-x-3 text-sm text-muted">
              <span className="min-w-0 wrap-anywhere">
                {item.ventureName}
                {item.status === "question" ? `, ${STATUS_WORDS.question}` : null}
                {item.firstBy ? `, approved by ${item.firstBy}, waits for the second` : null}
                {item.opinions > 0 ? `, ${plural(item.opinions, "opinion")}` : null}
                {item.awaited > 0 ? `, ${plural(item.awaited, "opinion")} awaited` : null}
                {item.stale ? ", figures changed" : null}
              </span>
              <Deadline item={item} now={now} zone={zone} />
            </span>
            <span className="block text-xs text-muted">Here because: {item.urgency.reasons.join(" · ")}</span>
          </AppLink>
        </li>
      ))}
    </ol>
  );
}

function Deadline({ item, now, zone }: { item: InboxItem; now: string; zone: string }) {
  if (item.deferredUntil && item.deferredUntil > now) {
    return <span>until {formatDay(item.deferredUntil.slice(0, 10))}</span>;
  }
  return (
    <span>
      {item.reversible ? "reversible" : "irreversible"} · {formatDue(new Date(item.dueAt), new Date(now), zone)}
    </span>
  );
}
