import { FigureValue } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { type FigureView, REASON_SENTENCES } from "@/lib/figures/schema";

type Figures = Readonly<Record<string, FigureView>>;
type HolderTableProps = { figures: Figures; holders: readonly { id: string; name: string }[] };

const ENDS = ["low", "central", "high"] as const;

/** What reaches the group and each holder through the waterfall, at both ends of the range and in its middle. */
export function HolderTable({ figures, holders }: HolderTableProps) {
  const { group } = figures;
  if (holders.length === 0)
    return (
      <p className="prose-width text-muted">
        Nobody’s part is known. {REASON_SENTENCES[group?.reason ?? ""] ?? "The cap table does not say enough."}
      </p>
    );
  return (
    <Table caption="Net proceeds per holder" showCaption compact>
      <TableHead>
        <TableHeadCell>Holder</TableHeadCell>
        <TableHeadCell numeric>Low</TableHeadCell>
        <TableHeadCell numeric>Central</TableHeadCell>
        <TableHeadCell numeric>High</TableHeadCell>
      </TableHead>
      <TableBody>
        <Row name="The group" figures={[figures["group.low"], group, figures["group.high"]]} />
        {holders.map(({ id, name }) => (
          <Row key={id} name={name} figures={ENDS.map((end) => figures[`holder.${id}.${end}`])} />
        ))}
      </TableBody>
    </Table>
  );
}

function Row({ name, figures }: { name: string; figures: readonly (FigureView | undefined)[] }) {
  return (
    <TableRow>
      <TableRowHead className="wrap-anywhere">{name}</TableRowHead>
      {ENDS.map((end, index) => {
        const figure = figures[index];
        return (
          <TableCell key={end} numeric>
            {figure ? <FigureValue figure={figure} /> : "–"}
          </TableCell>
        );
      })}
    </TableRow>
  );
}
