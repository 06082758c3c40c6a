"use client";

import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { formatDay } from "@/lib/format";
import { setAsideLearning } from "@/lib/governance/actions";
import { GOVERNANCE_REFUSALS } from "./governance-words";

export type LearningLine = {
  id: string;
  ref: string;
  statement: string;
  source: string;
  topics: readonly string[];
  confidence: string;
  learntOn: string;
  venture: { slug: string; name: string } | null;
  withdrawnReason: string | null;
};

type LearningListProps = { learnings: readonly LearningLine[]; empty: string; mayChange: boolean };

/** Evidence from outside, in its own words: agents cite it by id and source. */
export function LearningList({ learnings, empty, mayChange }: LearningListProps) {
  if (learnings.length === 0) return <p className="py-2 text-muted">{empty}</p>;
  return (
    <ul>
      {learnings.map((one) => (
        <li
          key={one.id}
          id={one.ref}
          className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line py-2"
        >
          <div className="min-w-0 flex-1 basis-60">
            <p className="prose-width">
              <span className="font-medium">{one.ref}</span> {one.statement}
            </p>
            <p className="text-sm text-muted">
              {one.source}, {formatDay(one.learntOn)}; {one.topics.join(", ")}; confidence {one.confidence}
              {one.venture ? `; from ${one.venture.name}` : ""}
              {one.withdrawnReason ? `; set aside: ${one.withdrawnReason}` : ""}
            </p>
          </div>
          {mayChange && !one.withdrawnReason ? (
            <ReasonDialog
              title={`Set ${one.ref} aside?`}
              description="No agent is given it any more. It stays here to be read, with your reason."
              trigger={
                <Button variant="bare" aria-label={`Set ${one.ref} aside`}>
                  Set aside
                </Button>
              }
              confirmLabel="Set it aside"
              done={`${one.ref} is set aside.`}
              sentence={(refusal) => errorSentence(refusal, GOVERNANCE_REFUSALS)}
              send={(reason) => setAsideLearning({ learningId: one.id, reason })}
            />
          ) : null}
        </li>
      ))}
    </ul>
  );
}
