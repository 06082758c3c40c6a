"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useStepUp } from "@/components/auth/step-up";
import { useToast } from "@/components/ui/toast";

type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: string };

/** One way to run a change from a form: busy, proof of presence where asked, refusal kept, page read anew. */
export function useChange(): {
  busy: boolean;
  refusal: string | null;
  /** The answer's value, or null when it was refused. */
  run: <T>(call: () => Promise<Outcome<T>>, done?: string) => Promise<{ value: T } | null>;
  dialog: ReactNode;
} {
  const router = useRouter();
  const toast = useToast();
  const { guarded, dialog } = useStepUp();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function run<T>(call: () => Promise<Outcome<T>>, done?: string): Promise<{ value: T } | null> {
    setBusy(true);
    setRefusal(null);
    try {
      const outcome = await guarded(call);
      if (!outcome.ok) {
        setRefusal(outcome.refusal);
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
  return { busy, refusal, run, dialog };
}
