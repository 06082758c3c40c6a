import { FigureValue } from "@/components/figures/figure-value";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { Pagination } from "@/components/ui/pagination";
import { Select } from "@/components/ui/select";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { TextInput } from "@/components/ui/text-input";
import { REASON_SENTENCES } from "@/lib/figures/schema";
import { plural } from "@/lib/format";
import type { MovementPage } from "@/lib/metrics/queries/customers-page";
import { MOVEMENT_TYPES } from "@/lib/metrics/rules/movements";
import { KeptParams, monthName } from "./performance-controls";
import { type MovementSort, type PerformanceView, performanceHref } from "./performance-view";

type MovementTableProps = { movements: MovementPage; view: PerformanceView; path: string };

const MARKS = { new: "+", expansion: "↑", contraction: "↓", churn: "×", reactivation: "↺" } as const;

/** Who changed MRR, how and by how much; each change opens to the customer's subscriptions. */
export function MovementTable({ movements, view, path }: MovementTableProps) {
  const { rows, total, page, pageSize } = movements;
  const filtered = view.type !== null || view.search !== "";
  const first = (page - 1) * pageSize + 1;
  return (
    <div id="movements" className="scroll-mt-4">
      <MovementFilter view={view} path={path} filtered={filtered} />
      {rows.length === 0 ? (
        <p className="border-y border-line py-6 text-muted">
          {movements.reason
            ? `Unknown: ${REASON_SENTENCES[movements.reason] ?? movements.reason}`
            : filtered
              ? "No movement fits what you asked for."
              : "No customer's MRR changed in these months."}
        </p>
      ) : (
        <>
          <Table caption="Movements of MRR by customer" compact>
            <TableHead>
              <SortHead by="customer" view={view} path={path}>
                Customer
              </SortHead>
              <TableHeadCell>Movement</TableHeadCell>
              <SortHead by="month" view={view} path={path}>
                Month
              </SortHead>
              <SortHead by="amount" view={view} path={path} numeric>
                Change of MRR
              </SortHead>
            </TableHead>
            <TableBody>
              {rows.map((row) => (
                <TableRow key={`${row.customer}/${row.month}`}>
                  <TableRowHead className="max-w-72 truncate font-normal" title={row.customer}>
                    {row.name}
                  </TableRowHead>
                  <TableCell className="whitespace-nowrap">
                    <span aria-hidden="true" className="inline-block w-4 text-muted">
                      {MARKS[row.type]}
                    </span>
                    {row.type}
                  </TableCell>
                  <TableCell className="whitespace-nowrap">{monthName(row.month)}</TableCell>
                  <TableCell numeric>
                    <FigureValue figure={row.change} aligned />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
          <Pagination
            page={page}
            pages={Math.ceil(total / pageSize)}
            summary={`${first}–${first + rows.length - 1} of ${plural(total, "movement")}`}
            hrefOf={(to) => `${performanceHref(path, view, { page: to })}#movements`}
          />
        </>
      )}
    </div>
  );
}

type FilterProps = { view: PerformanceView; path: string; filtered: boolean };

function MovementFilter({ view, path, filtered }: FilterProps) {
  return (
    <search data-print="none">
      <form action={`${path}#movements`} className="mb-3 flex flex-wrap items-end gap-3">
        <KeptParams view={view} but={["type", "q", "page"]} />
        <Field label="Customer" className="min-w-40 flex-1 sm:max-w-64">
          {(control) => <TextInput key={view.search} type="search" name="q" defaultValue={view.search} {...control} />}
        </Field>
        <Field label="Movement">
          {(control) => (
            <Select
              key={view.type}
              name="type"
              defaultValue={view.type ?? ""}
              placeholder="every kind"
              options={MOVEMENT_TYPES.map((type) => ({ value: type, label: type }))}
              {...control}
            />
          )}
        </Field>
        <Button type="submit">Filter</Button>
        {filtered ? (
          <TextLink href={performanceHref(path, view, { type: null, search: "" })} className="pb-1 text-sm">
            Show all
          </TextLink>
        ) : null}
      </form>
    </search>
  );
}

type SortHeadProps = { by: MovementSort; view: PerformanceView; path: string; numeric?: boolean; children: string };

function SortHead({ by, view, path, numeric, children }: SortHeadProps) {
  const current = view.sort === by;
  const descending = current ? !view.descending : by !== "customer";
  return (
    <TableHeadCell
      numeric={numeric}
      sort={current ? (view.descending ? "descending" : "ascending") : null}
      sortHref={performanceHref(path, view, { sort: by, descending })}
    >
      {children}
    </TableHeadCell>
  );
}
