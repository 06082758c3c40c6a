"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import { submitAnswer } from "@/lib/decisions/actions";
import { refusalSentence } from "./verdict-words";

export function AnswerForm({ memoId, version, questionId }: { memoId: string; version: number; questionId: string }) {
  const router = useRouter();
  const toast = useToast();
  const [answer, setAnswer] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const outcome = await submitAnswer({ memoId, version, questionId, answer }).catch(() => null);
    setBusy(false);
    if (!outcome?.ok) return setError(refusalSentence(outcome?.refusal ?? "OFFLINE", outcome?.problems));
    toast({ text: "Answered. The memo waits for a decision again." });
    router.refresh();
  }
  return (
    <form onSubmit={submit} className="mt-2 grid gap-2">
      <Field label="Your answer" error={error}>
        {(control) => (
          <Textarea {...control} rows={3} required value={answer} onChange={(event) => setAnswer(event.target.value)} />
        )}
      </Field>
      <div>
        <Button type="submit" busy={busy}>
          Answer
        </Button>
      </div>
    </form>
  );
}
