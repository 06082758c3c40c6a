"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { takeBackVerdict } from "@/lib/decisions/actions";
import { refusalSentence } from "./verdict-words";

type UndoLineProps = { memoId: string; version: number; until: string };

/** Stands for a minute: takes the verdict back, and what it brought about with it. */
export function UndoLine({ memoId, version, until }: UndoLineProps) {
  const router = useRouter();
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), Math.max(0, Date.parse(until) - Date.now()));
    return () => clearTimeout(timer);
  }, [until]);
  async function takeBack() {
    setBusy(true);
    const outcome = await takeBackVerdict({ memoId, version }).catch(() => null);
    setBusy(false);
    if (!outcome?.ok) return setError(refusalSentence(outcome?.refusal ?? "OFFLINE", outcome?.problems));
    router.refresh();
  }
  if (over) return null;
  return (
    <p className="mt-1 flex flex-wrap items-center gap-3">
      <Button busy={busy} onClick={takeBack}>
        Take it back
      </Button>
      <span className="text-muted">possible for a minute</span>
      <span role="alert">{error}</span>
    </p>
  );
}
