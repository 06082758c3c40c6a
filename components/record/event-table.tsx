import { ExportMenu } from "@/components/reports/export-menu";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { ListedEvent } from "@/lib/audit/queries";
import { formatMoment } from "@/lib/format";
import type { EventFilter } from "./event-filter";
import { actorWords, eventWords, subjectWords } from "./event-words";

type EventTableProps = {
  events: readonly ListedEvent[];
  filter: EventFilter;
  zone: string;
  /** Of one venture: its name is said once, above. */
  ofOne: boolean;
};

/** The log as it was written; the payload and the hash are one click away. */
export function EventTable({ events, filter, zone, ofOne }: EventTableProps) {
  return (
    <Table
      caption="Audit log"
      compact
      tools={<ExportMenu table="events" of="the audit log" query={{ ...filter, cursor: null }} />}
    >
      <TableHead>
        <TableHeadCell>When</TableHeadCell>
        <TableHeadCell>What</TableHeadCell>
        {ofOne ? null : <TableHeadCell>Venture</TableHeadCell>}
        <TableHeadCell>Event</TableHeadCell>
        <TableHeadCell>Detail</TableHeadCell>
        <TableHeadCell numeric>Number</TableHeadCell>
      </TableHead>
      <TableBody>
        {events.map((event) => (
          <TableRow key={event.id} className="align-top">
            <TableCell className="align-top whitespace-nowrap text-muted">
              <time dateTime={event.at.toISOString()}>{formatMoment(event.at, zone)}</time>
            </TableCell>
            <TableRowHead className="min-w-56 align-top font-normal">
              <span className="font-medium">{actorWords(event.actor, event.actorName)}</span>{" "}
              {eventWords(event.type, event.subject)}
              {subjectWords(event.payload) ? <span>: “{subjectWords(event.payload)}”</span> : null}
            </TableRowHead>
            {ofOne ? null : (
              <TableCell className="align-top">
                {event.venture ? (
                  <TextLink href={`/ventures/${event.venture.slug}/activity`}>{event.venture.name}</TextLink>
                ) : (
                  <span className="text-muted">Holding</span>
                )}
              </TableCell>
            )}
            <TableCell className="align-top whitespace-nowrap text-muted">{event.type}</TableCell>
            <TableCell className="align-top">
              <details>
                <summary data-list-item className="min-h-6 rounded-sm text-muted hover:text-ink">
                  as written
                </summary>
                <pre className="max-w-120 overflow-x-auto py-1 font-mono text-xs whitespace-pre-wrap break-all">
                  {`${event.subject}\n${JSON.stringify(event.payload, null, 2)}\n${event.hash}`}
                </pre>
              </details>
            </TableCell>
            <TableCell numeric className="align-top text-muted">
              {event.seq}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
