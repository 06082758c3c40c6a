"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { approveAnswer, declineQuestion, draftAnswer, publishAnswer } from "@/lib/data-room/actions/groups";
import type { QuestionLine } from "@/lib/data-room/queries/groups";
import { onForm } from "../on-form";
import { Problem } from "../problem";
import { useSend } from "../use-send";

type AnswerFormProps = { question: QuestionLine; mayApprove: boolean };

/** What is approved and published is the draft as it is kept: a text that was changed since is kept first. */
export function AnswerForm({ question, mayApprove }: AnswerFormProps) {
  const { busy, problem, send } = useSend();
  const [answer, setAnswer] = useState(question.answer ?? "");
  const { id: questionId, version, status, group } = question;
  const read = { questionId, version };
  const kept = answer === question.answer;
  return (
    <form
      className="grid gap-2"
      onSubmit={onForm(() => send(() => draftAnswer({ ...read, answer }), "The draft is kept."))}
    >
      <Field label="Answer" required>
        {(control) => (
          <Textarea
            {...control}
            rows={4}
            maxLength={8_000}
            value={answer}
            onChange={(event) => setAnswer(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        {kept ? null : (
          <Button type="submit" busy={busy}>
            Keep the draft
          </Button>
        )}
        {kept && status === "drafted" && mayApprove ? (
          <Button variant="primary" busy={busy} onClick={() => send(() => approveAnswer(read), "Approved.")}>
            Approve
          </Button>
        ) : null}
        {kept && status === "approved" ? (
          <>
            <Button
              variant="primary"
              busy={busy}
              onClick={() => send(() => publishAnswer({ ...read, audience: "group" }), "Published to who asked.")}
            >
              Publish to {group}
            </Button>
            <Button
              busy={busy}
              onClick={() => send(() => publishAnswer({ ...read, audience: "all" }), "Published to all.")}
            >
              Publish to all
            </Button>
          </>
        ) : null}
        <Button variant="bare" busy={busy} onClick={() => send(() => declineQuestion(read), "Declined.")}>
          Decline
        </Button>
      </div>
      {kept && status === "drafted" && !mayApprove ? (
        <p className="text-sm text-muted">The chairman approves it before it can be published.</p>
      ) : null}
      <Problem text={problem} />
    </form>
  );
}
