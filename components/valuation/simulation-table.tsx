import { FigureValue } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { type FigureView, REASON_SENTENCES } from "@/lib/figures/schema";

const ROWS = [
  { part: "enterprise", name: "Enterprise value" },
  { part: "equity", name: "Equity value" },
  { part: "group", name: "The group’s net proceeds" },
] as const;
const COLUMNS = [
  { name: "p10", label: "P10" },
  { name: "p50", label: "Median" },
  { name: "p90", label: "P90" },
  { name: "standardError", label: "± of the median" },
] as const;

/** Percentiles of the discounted cash flow, the bridge and the group's part over the drivers together. */
export function SimulationTable({ figures }: { figures: Readonly<Record<string, FigureView>> }) {
  const rejected = figures["simulated.rejected"];
  const missing = figures["simulated.group.p50"];
  return (
    <div className="grid gap-2 *:min-w-0">
      <Table caption="Percentiles of the simulation" compact>
        <TableHead>
          <TableHeadCell>Measure</TableHeadCell>
          {COLUMNS.map(({ name, label }) => (
            <TableHeadCell key={name} numeric>
              {label}
            </TableHeadCell>
          ))}
        </TableHead>
        <TableBody>
          {ROWS.map(({ part, name }) => (
            <TableRow key={part}>
              <TableRowHead>{name}</TableRowHead>
              {COLUMNS.map((column) => {
                const figure = figures[`simulated.${part}.${column.name}`];
                return (
                  <TableCell key={column.name} numeric>
                    {figure ? <FigureValue figure={figure} /> : "–"}
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <p className="text-sm text-muted">
        One chance in ten lies below P10, one in ten above P90.{" "}
        {rejected ? (
          <>
            Draws that cannot be, because the growth reached the rate: <FigureValue figure={rejected} />.
          </>
        ) : null}
        {missing?.value === null ? ` The group’s part: ${REASON_SENTENCES[missing.reason ?? ""] ?? "unknown"}` : null}
      </p>
    </div>
  );
}
