"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useStepUp } from "@/components/auth/step-up";
import { useToast } from "@/components/ui/toast";
import type { FieldProblem } from "@/lib/errors";

type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: string; problems?: readonly FieldProblem[] };

/** One way to run a change from a form: busy, proof of presence where asked, refusal kept, page read anew. */
export function useChange(): {
  busy: boolean;
  refusal: string | null;
  /** What was expected at a field, by its path; null where nothing is wrong with it. */
  problemAt: (path: string) => string | null;
  problems: readonly FieldProblem[];
  /** The answer's value, or null when it was refused. */
  run: <T>(call: () => Promise<Outcome<T>>, done?: string) => Promise<{ value: T } | null>;
  dialog: ReactNode;
} {
  const router = useRouter();
  const toast = useToast();
  const { guarded, dialog } = useStepUp();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);

  async function run<T>(call: () => Promise<Outcome<T>>, done?: string): Promise<{ value: T } | null> {
    setBusy(true);
    setRefusal(null);
    setProblems([]);
    try {
      const outcome = await guarded(call);
      if (!outcome.ok) {
        setRefusal(outcome.refusal);
        setProblems(outcome.problems ?? []);
        return null;
      }
      if (done) toast({ text: done });
      router.refresh();
      return { value: outcome.value };
    } catch {
      setRefusal("OFFLINE");
      return null;
    } finally {
      setBusy(false);
    }
  }
  const problemAt = (path: string) => problems.find((problem) => problem.path === path)?.expected ?? null;
  return { busy, refusal, problemAt, problems, run, dialog };
}
