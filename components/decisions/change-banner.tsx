"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Notice } from "@/components/ui/notice";
import { bringUpToDate, rememberSeen } from "@/lib/decisions/actions";
import type { MemoView } from "@/lib/decisions/queries/memo";
import { isOpen } from "@/lib/decisions/rules/verdict";
import { plural } from "@/lib/format";
import { MemoText } from "./memo-text";
import { refusalSentence } from "./verdict-words";

const ASK_AGAIN_MS = 10_000;

/** What the reader must know before deciding: changed while open, changed since last read, figures out of date. */
export function ChangeBanner({ memo }: { memo: MemoView }) {
  const router = useRouter();
  const { id: memoId, version } = memo;
  const newest = useNewestVersion(memo);
  // What was new when this version came up stays visible after it has been noted as seen.
  const [kept, setKept] = useState({ version, changes: memo.changes });
  if (kept.version !== version) setKept({ version, changes: memo.changes });
  const shown = kept.changes;
  useEffect(() => {
    void rememberSeen({ memoId, version }).catch(() => undefined);
  }, [memoId, version]);
  return (
    <>
      {newest ? (
        <Notice level="warning" word="changed">
          This memo changed while you had it open.{" "}
          <Button onClick={() => router.refresh()}>Show the new version</Button>
        </Notice>
      ) : null}
      {shown && shown.list.length > 0 ? (
        <Notice word="new">
          <Disclosure summary={`Changed since you read version ${shown.since}: ${plural(shown.list.length, "part")}`}>
            <ul className="grid gap-2">
              {shown.list.map((change) => (
                <ChangeLine key={change.part} change={change} memo={memo} />
              ))}
            </ul>
          </Disclosure>
        </Notice>
      ) : null}
      {memo.stale.length === 0 ? null : isOpen(memo.status) ? (
        <StaleNotice memo={memo} />
      ) : (
        <ChangedSince memo={memo} />
      )}
    </>
  );
}

function useNewestVersion(memo: MemoView): boolean {
  const { data } = useQuery({
    // Of what is shown now: the reader's own verdict is no change behind their back.
    queryKey: ["memo-version", memo.id, memo.version, memo.status, memo.readings.length],
    refetchInterval: ASK_AGAIN_MS,
    queryFn: async ({ signal }): Promise<{ version: number; status: string; opinions: number }> => {
      const answer = await fetch(`/api/memos/${memo.id}`, { signal });
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    },
  });
  if (data === undefined || data.version < memo.version) return false;
  const opinions = memo.readings.filter(({ givenAt }) => givenAt !== null).length;
  return data.version > memo.version || data.status !== memo.status || data.opinions > opinions;
}

type Change = NonNullable<MemoView["changes"]>["list"][number];

function ChangeLine({ change, memo }: { change: Change; memo: MemoView }) {
  const figure = /^Figure ([0-9a-f]{16})$/.exec(change.part)?.[1];
  if (figure) return <li>{memo.figures[figure]?.label ?? "A figure"} was computed anew.</li>;
  const text = (value: string | null) => (value === null ? "–" : <MemoText text={value} figures={memo.figures} />);
  if (change.part.startsWith("Option ")) return <li>{change.part} is different.</li>;
  return (
    <li>
      <span className="font-medium">{change.part}</span>
      <del className="block text-muted">{text(change.before)}</del>
      <ins className="block no-underline">{text(change.after)}</ins>
    </li>
  );
}

const reasonsOf = ({ stale }: MemoView): string => stale.map(({ label, reason }) => `${label}: ${reason}.`).join(" ");

/** It was decided on the figures as they were; what they are by now takes nothing from that. */
function ChangedSince({ memo }: { memo: MemoView }) {
  return (
    <Notice word="since then">
      <Disclosure summary={`${plural(memo.stale.length, "figure")} changed since this was decided`}>
        <p>{reasonsOf(memo)}</p>
      </Disclosure>
    </Notice>
  );
}

function StaleNotice({ memo }: { memo: MemoView }) {
  const router = useRouter();
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  async function refresh() {
    setBusy(true);
    const outcome = await bringUpToDate({ memoId: memo.id, version: memo.version }).catch(() => null);
    setBusy(false);
    if (!outcome?.ok) return setError(refusalSentence(outcome?.refusal ?? "OFFLINE", outcome?.problems));
    setError(null);
    router.refresh();
  }
  return (
    <Notice level="warning" word="out of date">
      <p>
        {plural(memo.stale.length, "figure")} changed since this was written: {reasonsOf(memo)} It cannot be approved
        like this.
      </p>
      {memo.may.refresh ? (
        <p className="mt-1">
          <Button busy={busy} onClick={refresh}>
            Bring up to date
          </Button>
        </p>
      ) : null}
      <p role="alert">{error}</p>
    </Notice>
  );
}
