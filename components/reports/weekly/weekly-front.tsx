import { Level, levelOf } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay, formatNearDay } from "@/lib/format";
import { LIGHT_NAMES } from "@/lib/reports/rules/weekly/status";
import type { WeeklyFront } from "@/lib/reports/schema/weekly";
import { WeeklyLight } from "./weekly-light";
import { WeeklyMetrics, WeeklyVentures } from "./weekly-tables";
import { Quoted, type WeeklyFigures, WeeklyText } from "./weekly-text";

type FrontProps = { front: WeeklyFront; figures: WeeklyFigures; week: string; endsOn: string };

/** The page that is forwarded, as it is printed: headline and bottom line, then what to decide and how it stands. */
export function WeeklyFrontPage({ front, figures, week, endsOn }: FrontProps) {
  const holding = front.table.kind === "ventures";
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-7">
      <div className="grid gap-x-8 gap-y-5 md:grid-cols-[minmax(0,1fr)_13rem] print:grid-cols-[minmax(0,1fr)_13rem]">
        <div className="grid content-start gap-3">
          <p className="headline text-xl">
            <WeeklyText text={front.headline} figures={figures} />
          </p>
          <div className="prose-width grid gap-1.5">
            {front.lead.map((sentence) => (
              <p key={sentence}>
                <WeeklyText text={sentence} figures={figures} />
              </p>
            ))}
          </div>
        </div>
        <Aside front={front} figures={figures} />
      </div>
      <Decisions front={front} figures={figures} holding={holding} />
      {front.table.kind === "metrics" ? (
        <WeeklyMetrics rows={front.table.rows} none={front.table.none} figures={figures} />
      ) : (
        <WeeklyVentures rows={front.table.rows} more={front.table.more} figures={figures} week={week} />
      )}
      <div className="grid gap-x-8 gap-y-7 md:grid-cols-2 print:grid-cols-2">
        <Days front={front} holding={holding} near={endsOn} />
        <Risks front={front} holding={holding} />
      </div>
    </div>
  );
}

function Aside({ front: { light, numbers }, figures }: Pick<FrontProps, "front" | "figures">) {
  return (
    <div className="grid content-start gap-3 md:border-l md:border-line md:pl-5 print:border-l print:border-line print:pl-5">
      <div>
        <p className="text-lg font-medium">
          <WeeklyLight light={light.light} />
        </p>
        <p className="text-sm text-muted">
          {light.last ? `Last week: ${LIGHT_NAMES[light.last.light].toLowerCase()}` : "No report of the week before"}
        </p>
        <ul className="mt-1 text-sm">
          {light.reasons.slice(0, 3).map((why) => (
            <li key={why}>{why}</li>
          ))}
        </ul>
      </div>
      <dl className="grid grid-cols-2 gap-x-4 md:grid-cols-1 print:grid-cols-1">
        {numbers.map(({ label, figure, level }) => (
          <div key={label} className="border-t border-line py-1.5">
            <dt className="text-sm text-muted">
              <WeeklyText text={label} figures={figures} />
            </dt>
            <dd className="text-lg font-medium">
              {level && level.tone !== "unknown" ? (
                <Level level={levelOf(level.tone)} word={level.word} markOnly />
              ) : null}{" "}
              <Quoted id={figure} figures={figures} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Decisions({ front, figures, holding }: Pick<FrontProps, "front" | "figures"> & { holding: boolean }) {
  const { decisions, moreDecisions } = front;
  return (
    <Section title="Decisions needed">
      {decisions.length === 0 ? (
        <p className="text-muted">No decision waits.</p>
      ) : (
        <Table caption="Decisions needed">
          <TableHead>
            <TableHeadCell>Decide</TableHeadCell>
            {holding ? <TableHeadCell>Venture</TableHeadCell> : null}
            <TableHeadCell>Due</TableHeadCell>
            <TableHeadCell numeric>At stake</TableHeadCell>
            <TableHeadCell>Can be undone</TableHeadCell>
          </TableHead>
          <TableBody>
            {decisions.map(({ memoId, title, venture, dueOn, overdue, stake, reversible }) => (
              <TableRow key={memoId}>
                <TableRowHead className="min-w-48">
                  <TextLink href={`/inbox/${memoId}`} quiet>
                    {title}
                  </TextLink>
                </TableRowHead>
                {holding ? <TableCell>{venture}</TableCell> : null}
                <TableCell className="whitespace-nowrap">
                  {overdue ? <Level level="critical" word="overdue" /> : formatDay(dueOn, "short")}
                </TableCell>
                <TableCell numeric>
                  <Quoted id={stake} figures={figures} />
                </TableCell>
                <TableCell className="whitespace-nowrap">{reversible ? "yes" : "no"}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {moreDecisions > 0 ? <p className="mt-1 text-sm text-muted">The others stand in the appendix.</p> : null}
    </Section>
  );
}

type DaysProps = { front: WeeklyFront; holding: boolean; near: string };

function Days({ front: { ahead }, holding, near }: DaysProps) {
  return (
    <Section title="Days ahead">
      {ahead.length === 0 ? <p className="text-muted">No day is set.</p> : null}
      <ul>
        {ahead.map(({ on, what, venture }) => (
          <li key={`${on} ${venture} ${what}`} className="flex gap-3 border-b border-line py-1.5">
            <span className="w-24 shrink-0 font-medium">{formatNearDay(on, near)}</span>
            <span className="min-w-0">
              {holding ? `${venture}: ` : ""}
              {what}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Risks({ front: { risks }, holding }: { front: WeeklyFront; holding: boolean }) {
  return (
    <Section title="Risks">
      {risks.length === 0 ? <p className="text-muted">No alert stood at the end of the week.</p> : null}
      <ul>
        {risks.map(({ severity, title, venture }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a stored page never changes, and two alerts may be named alike
          <li key={index} className="flex flex-wrap gap-x-3 border-b border-line py-1.5">
            <Level level={severity === "info" ? "unknown" : severity} />
            <span className="min-w-0">
              {holding ? `${venture}: ` : ""}
              {title}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
