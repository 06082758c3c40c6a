import type { Metadata } from "next";
import { EngagementChart } from "@/components/data-room/groups/engagement-chart";
import { RoomHeader } from "@/components/data-room/room/room-header";
import { TableExport } from "@/components/data-room/room/table-export";
import { dwellText } from "@/components/data-room/words";
import { FigureValue } from "@/components/figures/figure-value";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { requirePermission } from "@/lib/auth/session";
import { getEngagement } from "@/lib/data-room/queries/engagement";
import { formatDay, plural } from "@/lib/format";
import { roomOf } from "../../room-of";

export const metadata: Metadata = { title: "Engagement" };

const MEASURES = [
  ["people", "People"],
  ["documents", "Documents"],
  ["opens", "Opens"],
  ["downloads", "Downloads"],
  ["minutes", "Minutes"],
] as const;

export default async function EngagementPage({ params }: { params: Promise<{ venture: string; deal: string }> }) {
  const actor = await requirePermission("data-room:manage");
  const { head, path, today } = await roomOf(params);
  const { groups, views } = await getEngagement(actor, head.id, today);
  return (
    <>
      <RoomHeader
        head={head}
        path={path}
        actions={groups.length > 0 ? <TableExport roomId={head.id} tables={["engagement"]} /> : null}
      />
      {groups.length === 0 ? (
        <EmptyState title="No guests yet">
          Who opened what, when and for how long is counted here from the first visit.
        </EmptyState>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-9">
          <Table caption="Engagement by buyer">
            <TableHead>
              <TableHeadCell>Buyer</TableHeadCell>
              {MEASURES.map(([key, label]) => (
                <TableHeadCell key={key} numeric>
                  {label}
                </TableHeadCell>
              ))}
              <TableHeadCell>Last here</TableHeadCell>
            </TableHead>
            <TableBody>
              {groups.map(({ id, name, lastDay }) => (
                <TableRow key={id}>
                  <TableRowHead>{name}</TableRowHead>
                  {MEASURES.map(([key]) => {
                    const view = views[`${id}:${key}`];
                    return (
                      <TableCell key={key} numeric>
                        {view ? <FigureValue figure={view} /> : "–"}
                      </TableCell>
                    );
                  })}
                  <TableCell className="whitespace-nowrap">{lastDay ? formatDay(lastDay) : "never"}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
          {groups.map(({ id, name, weeks, top }) => (
            <Section key={id} title={name}>
              <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
                <EngagementChart name={name} weeks={weeks} />
                <Table caption={`${name} by week`} compact>
                  <TableHead>
                    <TableHeadCell>Week of</TableHeadCell>
                    <TableHeadCell numeric>Opens</TableHeadCell>
                    <TableHeadCell numeric>Downloads</TableHeadCell>
                  </TableHead>
                  <TableBody>
                    {weeks.map(({ week, opens, downloads }) => (
                      <TableRow key={week}>
                        <TableRowHead>{formatDay(week)}</TableRowHead>
                        <TableCell numeric>{opens}</TableCell>
                        <TableCell numeric>{downloads}</TableCell>
                      </TableRow>
                    ))}
                  </TableBody>
                </Table>
                {top.length > 0 ? (
                  <ul className="list-disc pl-5 text-sm">
                    {top.map(({ documentId, title, opens, seconds }) => (
                      <li key={documentId}>
                        {title}: opened {plural(opens, "time")}, {dwellText(seconds)} in view
                      </li>
                    ))}
                  </ul>
                ) : null}
              </div>
            </Section>
          ))}
        </div>
      )}
    </>
  );
}
