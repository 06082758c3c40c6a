import { ReportText } from "@/components/agents/report-text";
import { Section } from "@/components/ui/section";
import { reportBlocks } from "@/lib/agents/report";
import type { MemoView } from "@/lib/decisions/queries/memo";
import { formatMoment } from "@/lib/format";
import { AnswerForm } from "./answer-form";
import { MemoText } from "./memo-text";

/** What was asked and answered; an open question has the form for its answer. */
export function QuestionThread({ memo, zone }: { memo: MemoView; zone: string }) {
  if (memo.questions.length === 0) return null;
  return (
    <Section title="Questions">
      <ol className="grid gap-3">
        {memo.questions.map((question) => (
          <li key={question.id} className="prose-width">
            <p>
              <span className="font-medium">{question.askedBy}</span>{" "}
              <span className="text-sm text-muted">{formatMoment(new Date(question.askedAt), zone)}</span>
            </p>
            <p className="whitespace-pre-wrap wrap-anywhere">{question.question}</p>
            {question.answer ? (
              <div className="mt-1 border-l-3 border-line pl-3">
                <p>
                  <span className="font-medium">{question.answeredBy}</span>{" "}
                  {question.answeredAt ? (
                    <span className="text-sm text-muted">{formatMoment(new Date(question.answeredAt), zone)}</span>
                  ) : null}
                </p>
                {question.byAgent ? (
                  <ReportText blocks={reportBlocks(question.answer)} figures={memo.figures} />
                ) : (
                  <p className="whitespace-pre-wrap wrap-anywhere">
                    <MemoText text={question.answer} figures={memo.figures} />
                  </p>
                )}
              </div>
            ) : memo.may.answer ? (
              <AnswerForm memoId={memo.id} version={memo.version} questionId={question.id} />
            ) : (
              <p className="text-muted">Not answered yet.</p>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
