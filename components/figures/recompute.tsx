"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { recompute } from "@/lib/figures/actions";

const REFUSED: Readonly<Record<string, string>> = {
  NOT_RECOMPUTABLE:
    "This figure was computed from numbers that were given, so there is nothing stored to compute it from again.",
  DATA_GONE: "The stored data that it was computed from is no longer there. The figure stays as it was.",
  FORBIDDEN: "Your role does not allow recomputing.",
};

type Props = { figureId: string; given: boolean; onRevision: (revision: number) => void };

/** Computes the figure again from what is stored now and says whether it comes out the same. */
export function Recompute({ figureId, given, onRevision }: Props) {
  const router = useRouter();
  const client = useQueryClient();
  const run = useMutation({
    mutationFn: () => recompute({ figureId }),
    onSuccess: async (outcome) => {
      if (!outcome.ok) return;
      await client.invalidateQueries({ queryKey: ["figure"] });
      onRevision(outcome.value.after.revision);
      if (!outcome.value.same) router.refresh();
    },
  });
  if (given) return <Section title="Recompute">{REFUSED.NOT_RECOMPUTABLE}</Section>;
  return (
    <Section title="Recompute">
      <div className="flex flex-wrap items-center gap-3">
        <Button busy={run.isPending} onClick={() => run.mutate()}>
          Recompute
        </Button>
        <p aria-live="polite" className="min-w-0 flex-1">
          {run.isPending ? "Computing again from the stored rows." : sentence(run.data, run.isError)}
        </p>
      </div>
    </Section>
  );
}

type Outcome = Awaited<ReturnType<typeof recompute>>;

function sentence(outcome: Outcome | undefined, failed: boolean): string {
  if (failed) return "It could not be computed again right now. Nothing was changed.";
  if (!outcome) return "";
  if (!outcome.ok) return REFUSED[outcome.refusal] ?? "It could not be computed again. Nothing was changed.";
  const { same, before, after } = outcome.value;
  if (same) return "Same value.";
  return `Differs: it was ${before.value ?? "unknown"}, it is ${after.value ?? "unknown"} (revision ${after.revision}).`;
}
