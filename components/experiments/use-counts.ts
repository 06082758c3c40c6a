"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useToast } from "@/components/ui/toast";
import { importCounts, previewImport } from "@/lib/experiments/actions";
import type { CountFormat } from "@/lib/experiments/schema/design";

export type CountFields = { format: CountFormat; text: string; fileName: string; through: string };

const EMPTY: CountFields = { format: "csv", text: "", fileName: "", through: "" };

/** The counts as they are typed or read, what they would change, and their import. A change sets the preview back. */
export function useCounts(experimentId: string) {
  const router = useRouter();
  const toast = useToast();
  const [fields, setFields] = useState(EMPTY);
  const preview = useMutation({ mutationFn: previewImport });
  const apply = useMutation({
    mutationFn: importCounts,
    onSuccess: (outcome) => {
      if (!outcome.ok) return;
      toast({ text: `The counts are imported as revision ${outcome.value.revision}.` });
      setFields(EMPTY);
      preview.reset();
      router.refresh();
    },
  });
  const { through, ...typed } = fields;
  const input = { experimentId, ...typed, through: through || null };
  const shown = preview.data?.ok ? preview.data.value : null;
  return {
    ...{ fields, shown, previewing: preview.isPending, applying: apply.isPending },
    refused: [preview.data, apply.data].find((one) => one && !one.ok),
    set: (change: Partial<CountFields>) => {
      setFields((before) => ({ ...before, ...change }));
      preview.reset();
      apply.reset();
    },
    preview: () => preview.mutate(input),
    apply: () => shown && apply.mutate({ ...input, onRevision: shown.onRevision }),
  };
}
