"use client";

import { Badge } from "@/components/ui/badge";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { Person } from "@/lib/auth/people";
import { routeQuestion } from "@/lib/data-room/actions/groups";
import type { QuestionLine } from "@/lib/data-room/queries/groups";
import { formatMoment } from "@/lib/format";
import { Problem } from "../problem";
import { useSend } from "../use-send";
import { AnswerForm } from "./answer-form";

type QuestionCardProps = { question: QuestionLine; people: readonly Person[]; mayApprove: boolean; zone: string };

/** From asked to published; an answer leaves only after the chairman has approved it. */
export function QuestionCard({ question, people, mayApprove, zone }: QuestionCardProps) {
  const { problem, send } = useSend();
  const { id: questionId, version, status } = question;
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
                  send(() => routeQuestion({ questionId, version, ownerId: event.target.value || null }), "Routed.")
                }
              />
            )}
          </Field>
          <AnswerForm key={version} question={question} mayApprove={mayApprove} />
        </>
      )}
      <Problem text={problem} />
    </li>
  );
}
