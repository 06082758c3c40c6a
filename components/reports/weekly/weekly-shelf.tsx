import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { Select } from "@/components/ui/select";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { TextInput } from "@/components/ui/text-input";
import { formatDay } from "@/lib/format";
import type { WeeklyHead, WeeklyLine, WeeklyShelf } from "@/lib/reports/queries/weekly/list";
import { LIGHT_NAMES, LIGHTS } from "@/lib/reports/rules/weekly/status";
import { weekWords } from "@/lib/reports/rules/weekly/weeks";
import type { WeeklyList } from "@/lib/reports/schema/weekly";
import { WeeklyDownloads } from "./weekly-downloads";
import { WeeklyLight } from "./weekly-light";
import { weeklyHref } from "./weekly-reader";

type ShelfProps = { shelf: WeeklyShelf; asked: WeeklyList; head: WeeklyHead; holding: boolean };

/** Weekly reports, the newest week first; the form asks by address. */
export function WeeklyShelfList({ shelf, asked, head, holding }: ShelfProps) {
  const filtered = Boolean(asked.scope || asked.status || asked.search || asked.before);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <WeeklyFilter asked={asked} head={head} holding={holding} filtered={filtered} />
      {shelf.weeks.length === 0 ? (
        <EmptyState
          title={filtered ? "No report fits" : "No weekly report yet"}
          action={
            filtered || head.due ? (
              <ButtonLink href="/reports">{filtered ? "Show all" : "Look again"}</ButtonLink>
            ) : (
              <ButtonLink href="/ventures">Ventures</ButtonLink>
            )
          }
        >
          {filtered
            ? "No report of any week is as you asked."
            : head.due
              ? `Those since ${weekWords(head.since)} are being written: look again in a minute.`
              : `The first is written when ${weekWords(head.since)} is over, on Monday at midnight (${head.timeZone}).`}
        </EmptyState>
      ) : null}
      {shelf.weeks.map(({ week, lines }) => (
        <WeekTable key={week} week={week} lines={lines} />
      ))}
      {shelf.next ? (
        <p data-print="none">
          <ButtonLink href={earlier(asked, shelf.next)}>Earlier weeks</ButtonLink>
        </p>
      ) : null}
    </div>
  );
}

function earlier({ scope, status, search }: WeeklyList, before: string): string {
  const entries = Object.entries({ scope, status, search, before }).filter((entry): entry is [string, string] =>
    Boolean(entry[1]),
  );
  return `/reports?${new URLSearchParams(entries)}`;
}

type FilterProps = Pick<ShelfProps, "asked" | "head" | "holding"> & { filtered: boolean };

function WeeklyFilter({ asked, head, holding, filtered }: FilterProps) {
  const scopes = [
    ...(holding ? [{ value: "holding", label: "The holding" }] : []),
    ...head.ventures.map(({ slug, name }) => ({ value: slug, label: name })),
  ];
  return (
    <search data-print="none">
      <form action="/reports" className="flex flex-wrap items-end gap-3">
        <Field label="Search" className="min-w-44 flex-1 sm:max-w-64">
          {(control) => (
            <TextInput
              type="search"
              name="search"
              defaultValue={asked.search}
              placeholder="Name or week"
              {...control}
            />
          )}
        </Field>
        <Field label="Of">
          {(control) => (
            <Select name="scope" defaultValue={asked.scope ?? ""} placeholder="all" options={scopes} {...control} />
          )}
        </Field>
        <Field label="Status">
          {(control) => (
            <Select
              name="status"
              defaultValue={asked.status ?? ""}
              placeholder="every status"
              options={LIGHTS.map((light) => ({ value: light, label: LIGHT_NAMES[light] }))}
              {...control}
            />
          )}
        </Field>
        <Button type="submit">Filter</Button>
        {filtered ? (
          <TextLink href="/reports" className="pb-1 text-sm">
            Show all
          </TextLink>
        ) : null}
      </form>
    </search>
  );
}

function WeekTable({ week, lines }: { week: string; lines: readonly WeeklyLine[] }) {
  const words = weekWords(week);
  const [first] = lines;
  const caption = `${words.charAt(0).toUpperCase()}${words.slice(1)}${first ? `, ${formatDay(first.startsOn, "short")} to ${formatDay(first.endsOn, "short")}` : ""}`;
  return (
    <Table caption={caption} showCaption>
      <TableHead>
        <TableHeadCell>Of</TableHeadCell>
        <TableHeadCell>Status</TableHeadCell>
        <TableHeadCell>Headline</TableHeadCell>
        <TableHeadCell>Revision</TableHeadCell>
        <TableHeadCell>
          <span className="sr-only">Files</span>
        </TableHeadCell>
      </TableHead>
      <TableBody>
        {lines.map((line) => (
          <TableRow key={line.id}>
            <TableRowHead className="whitespace-nowrap">
              <TextLink href={weeklyHref(week, line.slug)} quiet data-list-item>
                {line.name}
              </TextLink>
            </TableRowHead>
            <TableCell>
              <WeeklyLight light={line.status} />
            </TableCell>
            <TableCell className="min-w-56">{line.words}</TableCell>
            <TableCell className="whitespace-nowrap text-muted">
              {line.revision === 0 ? "preview" : line.revision === 1 ? "1" : `${line.revision}, corrected`}
            </TableCell>
            <TableCell className="text-right whitespace-nowrap">
              <WeeklyDownloads revisionId={line.revisionId} of={`${line.name}, ${words}`} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
