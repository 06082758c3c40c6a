"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { takeBackVerdict } from "@/lib/decisions/actions";
import { refusalSentence } from "./verdict-words";

type UndoLineProps = { memoId: string; version: number; until: string; hint?: string };

/** The longest that a timer of a browser can wait. */
const MOST_MS = 2 ** 31 - 1;

/** Stands as long as the verdict can be taken back, with what it brought about. */
export function UndoLine({ memoId, version, until, hint = "possible for a minute" }: UndoLineProps) {
  const router = useRouter();
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), Math.min(MOST_MS, Math.max(0, Date.parse(until) - Date.now())));
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
      <span className="text-muted">{hint}</span>
      <span role="alert">{error}</span>
    </p>
  );
}
