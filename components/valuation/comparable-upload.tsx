"use client";

import { TableUpload } from "@/components/growth/table-upload";
import { submitComparables } from "@/lib/market/actions";
import { COMPARABLE_COLUMNS } from "@/lib/market/schema/comparables";

/** A file of multiples, all rows or none. */
export function ComparableUpload({ ventureId }: { ventureId: string }) {
  return (
    <TableUpload
      label="Comparables"
      columns={COMPARABLE_COLUMNS}
      send={(csv) => submitComparables({ ventureId, csv })}
    />
  );
}
