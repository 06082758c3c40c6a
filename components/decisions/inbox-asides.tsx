import { AppLink } from "@/components/ui/app-link";
import type { AskedReading } from "@/lib/decisions/queries/readings";
import type { Suspended } from "@/lib/decisions/queries/suspension";
import { formatDay } from "@/lib/format";

type Line = { id: string; href: string; title: string; venture: string; right: string; below: string };

/** Lines of the inbox that ask for something other than a decision; each is a link to its memo. */
function Lines({ label, lines }: { label: string; lines: readonly Line[] }) {
  if (lines.length === 0) return null;
  return (
    <section aria-label={label} className="my-4">
      <h3 className="rubric border-b border-line pb-1">{label}</h3>
      <ul>
        {lines.map(({ id, href, title, venture, right, below }) => (
          <li key={id} className="border-b border-line">
            <AppLink href={href} data-list-item className="block py-2 pr-1 pl-3 hover:bg-wash">
              <span className="block font-medium wrap-anywhere">{title}</span>
              <span className="flex flex-wrap justify-between gap-x-3 text-sm text-muted">
                <span>{venture}</span>
                <span>{right}</span>
              </span>
              {below ? <span className="block text-xs text-muted wrap-anywhere">{below}</span> : null}
            </AppLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function AskedReadings({ readings }: { readings: readonly AskedReading[] }) {
  const lines = readings.map(({ id, memoId, title, venture, askedBy, dueOn, note }) => ({
    ...{ id, href: `/inbox/${memoId}`, title, venture, right: `by ${formatDay(dueOn, "short")}` },
    below: `${askedBy} asks what you think${note ? `: “${note}”` : ""}`,
  }));
  return <Lines label="You were asked to read" lines={lines} />;
}

export function SuspendedApprovals({ suspended }: { suspended: readonly Suspended[] }) {
  const lines = suspended.map(({ memoId, title, venture, reason }) => ({
    ...{ id: memoId, href: `/inbox/${memoId}`, title, venture, right: "suspended", below: reason },
  }));
  return <Lines label="Suspended approvals" lines={lines} />;
}
