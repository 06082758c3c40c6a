"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonLines } from "@/components/ui/skeleton-lines";
import type { FigureAsk, FigureView } from "@/lib/figures/schema";
import { openedQuery, proofQuery } from "./fetch-proof";
import { ProofBody } from "./proof-body";

type Opened = Pick<FigureView, "id" | "revision" | "label" | "ask">;

/** The proof of a figure; opening one of its inputs goes a step down, and back again. */
export function ProofPanel({ figure, onClose }: { figure: FigureView; onClose: () => void }) {
  const [trail, setTrail] = useState<readonly Opened[]>([figure]);
  const shown = trail.at(-1) ?? figure;
  const above = trail.at(-2);
  return (
    <Dialog open wide onOpenChange={(open) => (open ? undefined : onClose())} title={shown.label}>
      {above ? (
        <Button variant="bare" className="-ml-3" onClick={() => setTrail(trail.slice(0, -1))}>
          ← {above.label}
        </Button>
      ) : null}
      <Asked
        key={`${shown.id}:${shown.revision}`}
        shown={shown}
        onOpen={(input) => setTrail([...trail, input])}
        onRevision={(revision) => setTrail([...trail.slice(0, -1), { ...shown, revision }])}
      />
    </Dialog>
  );
}

/** A number that nobody opened before is stored first. */
function Asked(props: ProofProps) {
  const { id, revision, ask } = props.shown;
  return ask && revision === 0 ? <Storing {...props} id={id} ask={ask} /> : <Proof {...props} />;
}

function Storing({ id, ask, ...props }: ProofProps & { id: string; ask: FigureAsk }) {
  const { data, isError, refetch } = useQuery(openedQuery(id, ask));
  // Another revision is another proof; the same one stays on the screen, with what was said about it.
  const onRevision = (revision: number) => (revision === data?.revision ? undefined : props.onRevision(revision));
  if (data) return <Proof {...props} shown={data} onRevision={onRevision} />;
  if (!isError) return <SkeletonLines lines={6} label="Computing the proof" />;
  return (
    <ErrorState
      title="This number cannot be proven right now."
      action={<Button onClick={() => refetch()}>Try again</Button>}
    >
      The stored data may have changed since the page was read. Load the page again to see the number as it is now.
    </ErrorState>
  );
}

type ProofProps = { shown: Opened; onOpen: (figure: FigureView) => void; onRevision: (revision: number) => void };

function Proof({ shown, onOpen, onRevision }: ProofProps) {
  const { data, isError, refetch } = useQuery(proofQuery(shown.id, shown.revision));
  if (data) return <ProofBody proof={data} onOpen={onOpen} onRevision={onRevision} />;
  if (!isError) return <SkeletonLines lines={6} label="Loading the proof" />;
  return (
    <ErrorState
      title="The proof of this figure cannot be read."
      action={<Button onClick={() => refetch()}>Try again</Button>}
    >
      It may not have been stored yet, or you may not see its venture.
    </ErrorState>
  );
}
