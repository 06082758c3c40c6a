"use client";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import {
  approveAnswer,
  declineQuestion,
  draftAnswer,
  publishAnswer,
  routeQuestion,
} from "@/lib/data-room/actions/groups";
import type { QuestionLine } from "@/lib/data-room/queries/groups";
import type { Person } from "@/lib/data-room/queries/people";
import { formatMoment } from "@/lib/format";
import { Problem } from "../problem";
import { useSend } from "../use-send";

type QuestionCardProps = { question: QuestionLine; people: readonly Person[]; mayApprove: boolean; zone: string };

/** From asked to published; an answer leaves only after the chairman has approved it. */
export function QuestionCard({ question, people, mayApprove, zone }: QuestionCardProps) {
  const { busy, problem, send } = useSend();
  const read = { questionId: question.id, version: question.version };
  const { status } = question;
  const over = status === "published" || status === "declined";
  return (
    <li className="grid gap-3 border-b border-line py-4">
      <div>
        <p>
          <span className="text-muted tabular-nums">{question.number}.</span>{" "}
          <strong className="font-medium whitespace-pre-wrap">{question.text}</strong> <Badge>{status}</Badge>
        </p>
        <p className="text-sm text-muted">
          {question.email} of {question.group}, {formatMoment(new Date(question.askedAt), zone)}
          {question.section ? `, section ${question.section}` : ""}
          {question.document ? `, about “${question.document.title}”` : ""}
          {question.audience === "all" ? "; answered to all" : ""}
        </p>
      </div>
      {over ? (
        <p className="prose-width whitespace-pre-wrap">{question.answer}</p>
      ) : (
        <>
          <Field label="Who answers" className="max-w-xs">
            {(control) => (
              <Select
                {...control}
                placeholder="Nobody yet"
                value={question.routedTo ?? ""}
                options={people.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={(event) =>
                  send(() => routeQuestion({ ...read, ownerId: event.target.value || null }), "Routed.")
                }
              />
            )}
          </Field>
          <form
            key={question.version}
            className="grid gap-2"
            action={(form) =>
              void send(() => draftAnswer({ ...read, answer: String(form.get("answer")) }), "The draft is kept.")
            }
          >
            <Field label="Answer" required>
              {(control) => (
                <Textarea {...control} name="answer" rows={4} maxLength={8_000} defaultValue={question.answer ?? ""} />
              )}
            </Field>
            <div className="flex flex-wrap gap-2">
              <Button type="submit" busy={busy}>
                Keep the draft
              </Button>
              {status === "drafted" && mayApprove ? (
                <Button variant="primary" busy={busy} onClick={() => send(() => approveAnswer(read), "Approved.")}>
                  Approve
                </Button>
              ) : null}
              {status === "approved" ? (
                <>
                  <Button
                    variant="primary"
                    busy={busy}
                    onClick={() => send(() => publishAnswer({ ...read, audience: "group" }), "Published to who asked.")}
                  >
                    Publish to {question.group}
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
            {status === "drafted" && !mayApprove ? (
              <p className="text-sm text-muted">The chairman approves it before it can be published.</p>
            ) : null}
          </form>
        </>
      )}
      <Problem text={problem} />
    </li>
  );
}
