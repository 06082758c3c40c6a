"use client";

import { Button } from "@/components/ui/button";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { giveRightBack } from "@/lib/decisions/actions/autonomy";
import { policyRefusal, recordHref } from "./words";

export type DemotionLine = {
  id: string;
  agent: string;
  actionClass: string;
  /** "The Growth agent may not start a growth initiative by itself" */
  title: string;
  sentence: string;
  since: string;
  memoIds: readonly string[];
};

/** What the rule took away, on what evidence, and the way back. */
export function DemotionList({ demotions, mayChange }: { demotions: readonly DemotionLine[]; mayChange: boolean }) {
  return (
    <ul>
      {demotions.map(({ id, agent, actionClass, title, sentence, since, memoIds }) => (
        <li key={id} className="flex flex-wrap items-start justify-between gap-3 border-b border-line py-2">
          <div className="prose-width">
            <p className="font-medium">
              <Level level="warning" word="taken away" /> {title}
            </p>
            <p className="text-muted">
              Since {since}: {sentence}{" "}
              {memoIds.slice(0, 5).map((memoId, index) => (
                <TextLink key={memoId} href={`/inbox/${memoId}`} className="mr-2">
                  {memoIds.length === 1 ? "The memo" : `Memo ${index + 1}`}
                </TextLink>
              ))}
              <TextLink href={recordHref(agent, actionClass)}>Its record</TextLink>
            </p>
          </div>
          {mayChange ? (
            <ReasonDialog
              title="Give the right back?"
              description="It holds again wherever it was set. What happened until now counts no more against it; the record keeps everything."
              trigger={<Button aria-label={`Give it back: ${title}`}>Give it back</Button>}
              confirmLabel="Give it back"
              done="The right is given back."
              sentence={policyRefusal}
              send={(reason) => giveRightBack({ demotionId: id, reason })}
            />
          ) : null}
        </li>
      ))}
    </ul>
  );
}
