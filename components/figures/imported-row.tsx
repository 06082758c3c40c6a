"use client";

import { useQuery } from "@tanstack/react-query";
import { formatDay } from "@/lib/format";
import { importedRowQuery } from "./fetch-proof";

type Props = { figureId: string; importId: string; rowNumber: number };

/** The last link: the row of the file as somebody sent it; of an invoice in lines, all of them. */
export function ImportedRow({ figureId, importId, rowNumber }: Props) {
  const { data, isError } = useQuery(importedRowQuery(figureId, importId, rowNumber));
  if (isError) return <p>The file of this row cannot be read.</p>;
  if (!data) return <p className="text-muted">Reading the file.</p>;
  return (
    <div className="grid gap-1 rounded-md bg-wash px-3 py-2">
      <p className="text-sm text-muted">
        {data.fileName}, row {data.rowNumber}, from {data.sourceName}, imported by {data.importedBy} on{" "}
        {formatDay(data.importedAt.slice(0, 10))}
      </p>
      <Cells header={data.header} cells={data.cells} />
      {data.otherLines.map((line) => (
        <div key={line.rowNumber} className="grid gap-1 border-t border-line pt-1">
          <p className="text-sm text-muted">row {line.rowNumber}, another line of the same invoice</p>
          <Cells header={data.header} cells={line.cells} />
        </div>
      ))}
    </div>
  );
}

function Cells({ header, cells }: { header: readonly string[]; cells: readonly string[] }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 text-sm">
      {header.map((column, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a file may have two columns of one name; their places are fixed
        <div key={index} className="contents">
          <dt className="text-muted">{column}</dt>
          <dd className="break-words">{cells[index]}</dd>
        </div>
      ))}
    </dl>
  );
}
