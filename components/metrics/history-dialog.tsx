"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SkeletonLines } from "@/components/ui/skeleton-lines";
import { formatDay, formatExactFigure } from "@/lib/format";
import type { PointVersion } from "@/lib/metrics/queries";

type Props = { pointId: string; title: string; unit: string };

/** Who stored which value when, and why. */
export function HistoryDialog({ pointId, title, unit }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="bare" aria-label={`History of ${title}`} onClick={() => setOpen(true)}>
        History
      </Button>
      {open ? (
        <Dialog open onOpenChange={setOpen} title={title}>
          <Versions pointId={pointId} unit={unit} />
        </Dialog>
      ) : null}
    </>
  );
}

async function versionsOf(pointId: string): Promise<PointVersion[]> {
  const answer = await fetch(`/api/figures/points/${pointId}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as PointVersion[];
}

function Versions({ pointId, unit }: Omit<Props, "title">) {
  const { data, isError } = useQuery({ queryKey: ["point-history", pointId], queryFn: () => versionsOf(pointId) });
  if (isError) return <p role="alert">The history cannot be read right now.</p>;
  if (!data) return <SkeletonLines lines={3} label="Loading the history" />;
  return (
    <ol className="grid">
      {data.map((version) => (
        <li key={version.id} className="flex flex-wrap justify-between gap-x-4 border-b border-line py-2">
          <span>
            {formatDay(version.recordedAt.slice(0, 10))}, {version.importId ? "imported" : "entered"} by{" "}
            {version.recordedByName}
            {version.reason ? <span className="text-muted">: {version.reason}</span> : null}
          </span>
          <span className="tabular-nums">
            {version.supersededAt ? (
              <s className="text-muted">
                {formatExactFigure({ value: version.value, unit: version.currency ?? unit })}
              </s>
            ) : (
              formatExactFigure({ value: version.value, unit: version.currency ?? unit })
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
