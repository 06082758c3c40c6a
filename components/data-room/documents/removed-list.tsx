"use client";

import { Button } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import { restoreDocuments } from "@/lib/data-room/actions";
import type { RemovedLine } from "@/lib/data-room/queries/documents";
import { formatDay } from "@/lib/format";
import { Problem } from "../problem";
import { useSend } from "../use-send";

type RemovedListProps = { removed: readonly RemovedLine[]; path: string; mayEdit: boolean };

/** What was taken out: kept with all its versions, and put back at its old number. */
export function RemovedList({ removed, path, mayEdit }: RemovedListProps) {
  const { busy, problem, send } = useSend();
  return (
    <>
      <ul className="divide-y divide-line">
        {removed.map(({ id, version, title, removedAt }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1">
            <span className="min-w-0">
              <TextLink quiet href={`${path}/documents/${id}`}>
                {title}
              </TextLink>{" "}
              <span className="text-sm text-muted">taken out {formatDay(removedAt.slice(0, 10))}</span>
            </span>
            {mayEdit ? (
              <Button
                variant="bare"
                busy={busy}
                aria-label={`Put ${title} back`}
                onClick={() =>
                  send(() => restoreDocuments({ documents: [{ documentId: id, version }] }), "Back in the room.")
                }
              >
                Put back
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <Problem text={problem} />
    </>
  );
}
