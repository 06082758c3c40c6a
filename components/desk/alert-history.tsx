import { actorWords, eventWords } from "@/components/record/event-words";
import { TextLink } from "@/components/ui/link";
import { formatMoment } from "@/lib/format";
import type { AlertEvent } from "@/lib/stage/queries";

/** When alerts were raised, noted and ended. */
export function AlertHistory({ events, zone }: { events: readonly AlertEvent[]; zone: string }) {
  if (events.length === 0) return <p className="py-2 text-muted">No alert has been raised yet.</p>;
  return (
    <ol className="grid">
      {events.map((event) => (
        <li key={event.id} className="border-b border-line py-2">
          <p>
            <time dateTime={event.at.toISOString()} className="text-muted">
              {formatMoment(event.at, zone)}
            </time>{" "}
            <span className="font-medium">{actorWords(event.actor, event.actorName)}</span> {eventWords(event.type)}:{" "}
            {event.venture ? (
              <>
                <TextLink href={`/ventures/${event.venture.slug}`} quiet>
                  {event.venture.name}
                </TextLink>
                {", "}
              </>
            ) : null}
            {event.title}
          </p>
          {event.type !== "alert.cleared" && event.detail ? <p className="text-sm text-muted">{event.detail}</p> : null}
        </li>
      ))}
    </ol>
  );
}
