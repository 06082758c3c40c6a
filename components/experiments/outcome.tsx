import { Level } from "@/components/ui/level";
import { Notice } from "@/components/ui/notice";
import type { ExperimentHead } from "@/lib/experiments/queries";
import type { Said } from "@/lib/experiments/rules/ship-rule";
import { formatDay } from "@/lib/format";
import { SAID_WORDS, saidWord } from "./words";

/** How it ended: what was decided, what the rule had said, and why it was decided otherwise. */
export function Outcome({ head }: { head: ExperimentHead }) {
  if (head.status === "stopped")
    return (
      <Notice word="stopped">
        Stopped {head.endedOn ? `on ${formatDay(head.endedOn)}` : ""} without a decision: {head.decisionReason}
      </Notice>
    );
  if (head.status !== "decided" || head.decision === null) return null;
  const said = SAID_WORDS[head.decision as Said];
  const arm = head.design.arms.find(({ key }) => key === head.decidedArm);
  const against = head.decision !== head.ruleSaid;
  return (
    <div className="border-l-3 border-accent bg-wash px-3 py-2">
      <p className="font-medium">
        Decided {head.endedOn ? `on ${formatDay(head.endedOn)}` : ""}:{" "}
        <Level level={said.level} word={arm ? `${said.word}, ${arm.name}` : said.word} />
      </p>
      {against ? <p>Against the rule, which said “{saidWord(head.ruleSaid)}”.</p> : null}
      {head.decisionReason ? <p className="prose-width text-muted">{head.decisionReason}</p> : null}
    </div>
  );
}
