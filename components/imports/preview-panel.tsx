import { ChangeTable, RejectTable } from "@/components/imports/change-tables";
import { TreatedList } from "@/components/imports/treated-list";
import { ExportMenu } from "@/components/reports/export-menu";
import { ButtonLink } from "@/components/ui/link";
import { Pagination } from "@/components/ui/pagination";
import { formatNumber } from "@/lib/format";
import type { Change, ImportView, RejectView } from "@/lib/imports/queries";

export const SHOWS = ["new", "changed", "same", "rejected"] as const;
export type Show = (typeof SHOWS)[number];

type PreviewPanelProps = {
  view: ImportView;
  show: Show;
  page: number;
  path: string;
  changes: readonly Change[];
  rejects: readonly RejectView[];
};

const PAGE = 50;
const count = (value: number) => formatNumber(value, { decimals: 0 });

/** What would change (or did), by outcome; the address says which list and page is shown. */
export function PreviewPanel({ view, show, page, path, changes, rejects }: PreviewPanelProps) {
  const { counts } = view;
  const totals: Record<Show, number> = {
    new: counts.inserted,
    changed: counts.changed,
    same: counts.same,
    rejected: counts.rejected,
  };
  const listed = show === "rejected" ? view.rejectsKept : totals[show];
  const first = (page - 1) * PAGE + 1;
  const shown = show === "rejected" ? rejects.length : changes.length;
  return (
    <div className="grid gap-3 *:min-w-0">
      <nav aria-label="Outcome" className="flex flex-wrap gap-2">
        {SHOWS.map((one) => (
          <ButtonLink
            key={one}
            href={`${path}?show=${one}`}
            scroll={false}
            aria-current={one === show ? "page" : undefined}
            variant={one === show ? "plain" : "bare"}
          >
            {count(totals[one])} {one}
          </ButtonLink>
        ))}
        {counts.rejected > 0 ? <ExportMenu table="rejects" of="the rejected rows" query={{ import: view.id }} /> : null}
      </nav>
      <TreatedList treated={view.treated} />
      {shown === 0 ? (
        <p className="text-muted">
          {totals[show] === 0 ? `No row is ${show}.` : `The ${show} rows are no longer listed one by one.`}
        </p>
      ) : show === "rejected" ? (
        <RejectTable rejects={rejects} />
      ) : (
        <ChangeTable
          kind={view.kind}
          caption={`Rows that are ${show}`}
          changes={changes}
          comparing={show === "changed"}
        />
      )}
      {shown > 0 ? (
        <Pagination
          page={page}
          pages={Math.ceil(listed / PAGE)}
          summary={`${count(first)}–${count(first + shown - 1)} of ${count(listed)}${show === "rejected" ? " reasons" : ""}`}
          hrefOf={(target) => `${path}?show=${show}&page=${target}`}
        />
      ) : null}
    </div>
  );
}
