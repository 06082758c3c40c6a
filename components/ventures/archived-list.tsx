"use client";

import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { errorSentence } from "@/components/ui/error-sentence";
import { plural } from "@/lib/format";
import { submitRestore } from "@/lib/ventures/actions";
import { VENTURE_REFUSALS } from "./refusals";

type Archived = { id: string; name: string; since: string };

/** What was put away, and the way back. Nothing is shown where there is nothing. */
export function ArchivedList({ ventures }: { ventures: readonly Archived[] }) {
  const { busy, refusal, run, dialog } = useChange();
  if (ventures.length === 0) return null;
  return (
    <div className="mt-8">
      <Disclosure summary={plural(ventures.length, "archived venture")}>
        <p role="alert" className="font-medium text-critical-text empty:hidden">
          {refusal ? errorSentence(refusal, VENTURE_REFUSALS) : null}
        </p>
        <ul>
          {ventures.map(({ id, name, since }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-1.5">
              <span className="min-w-40 font-medium">{name}</span>
              <span className="flex-1 text-sm text-muted">archived {since}</span>
              <Button
                busy={busy}
                aria-label={`Bring back ${name}`}
                onClick={() => run(() => submitRestore({ ventureId: id }), `${name} is back.`)}
              >
                Bring back
              </Button>
            </li>
          ))}
        </ul>
      </Disclosure>
      {dialog}
    </div>
  );
}
