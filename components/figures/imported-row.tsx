"use client";

import { useQuery } from "@tanstack/react-query";
import { formatDay } from "@/lib/format";
import { importedRowQuery } from "./fetch-proof";

type Props = { figureId: string; importId: string; rowNumber: number };

/** The last link: the row of the file as somebody sent it. */
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
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 text-sm">
        {data.header.map((column, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a file may have two columns of one name; their places are fixed
          <div key={index} className="contents">
            <dt className="text-muted">{column}</dt>
            <dd className="break-words">{data.cells[index]}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
