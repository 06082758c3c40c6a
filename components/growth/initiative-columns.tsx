import { Select } from "@/components/ui/select";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import {
  INITIATIVE_COLUMN_LABELS,
  INITIATIVE_COLUMN_NAMES,
  type InitiativeFileColumn,
  type InitiativeTarget,
} from "@/lib/growth/schema/initiative-file";

const OPTIONS = [
  { value: "", label: "Not imported" },
  ...INITIATIVE_COLUMN_NAMES.map((name) => ({ value: name, label: INITIATIVE_COLUMN_LABELS[name] })),
];

type ColumnsProps = {
  columns: readonly InitiativeFileColumn[];
  onChange: (column: number, target: InitiativeTarget) => void;
};

/** A column of the file per row: its header, what stands in it, and what it is here. */
export function InitiativeColumns({ columns, onChange }: ColumnsProps) {
  return (
    <Table caption="Columns of the file" showCaption compact>
      <TableHead>
        <TableHeadCell>Column, and its first value</TableHeadCell>
        <TableHeadCell>Is</TableHeadCell>
      </TableHead>
      <TableBody>
        {columns.map(({ header, sample, target }, index) => {
          const name = header || `Column ${index + 1}`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a file's columns are told apart by their place, headers may repeat
            <TableRow key={index}>
              <TableRowHead className="max-w-40 sm:max-w-96">
                {name}
                <span className="block truncate font-normal text-muted">{sample}</span>
              </TableRowHead>
              <TableCell>
                <Select
                  aria-label={`What “${name}” is`}
                  value={target}
                  options={OPTIONS}
                  onChange={(event) => onChange(index, event.target.value as InitiativeTarget)}
                />
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
