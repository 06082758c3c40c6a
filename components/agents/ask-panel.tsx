"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type TransitionStartFunction, useEffect, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Textarea } from "@/components/ui/textarea";
import { askSpecialist, stopRun } from "@/lib/agents/actions";
import type { AskedQuestion } from "@/lib/agents/queries/conversation";
import { formatMoment } from "@/lib/format";
import { ReportText } from "./report-text";
import { RunBody } from "./run-body";
import { useAnnouncement } from "./use-announcement";
import { useRunStream } from "./use-run-stream";

type AskPanelProps = {
  ventureId: string;
  agent?: keyof typeof TITLES;
  asked: readonly AskedQuestion[];
  mayAsk: boolean;
  mayStop: boolean;
  zone: string;
};

const TITLES = {
  ...{ growth: "Ask the specialist", exit: "Ask the advisor", value: "Ask the manager" },
  coordinator: "Ask the coordinator",
} as const;

const ACTIVE: readonly string[] = ["queued", "running", "stopping"];
const REFUSALS = {
  BEING_ANSWERED: "Another question is being answered. Ask again when its answer is there.",
  NOT_RUNNING: "It had already ended.",
};

/** Questions to the specialist about this venture: what was asked before, the answer as it comes, the next question. */
export function AskPanel({ ventureId, agent = "growth", asked, mayAsk, mayStop, zone }: AskPanelProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [mine, setMine] = useState<{ runId: string; question: string } | null>(null);
  const [question, setQuestion] = useState("");
  const [busy, begin] = useTransition();
  // Of its own: what was just asked can be stopped before the page has come after it.
  const [stopping, beginStop] = useTransition();
  const known = asked.find(({ status }) => ACTIVE.includes(status));
  const isNew = mine !== null && !asked.some(({ runId, status }) => runId === mine.runId && !ACTIVE.includes(status));
  const current = isNew ? mine : known ? { runId: known.runId, question: known.question } : null;
  const perform = (through: TransitionStartFunction, work: () => Promise<void>) =>
    through(async () => {
      setProblem(null);
      await work().catch(() => setProblem(errorSentence("UNAVAILABLE", REFUSALS)));
    });
  function submit(event: FormEvent) {
    event.preventDefault();
    perform(begin, async () => {
      const answer = await askSpecialist({ ventureId, agent, question });
      if (!answer.ok) return setProblem(errorSentence(answer.refusal, REFUSALS));
      setMine({ runId: answer.value.runId, question });
      setQuestion("");
    });
  }
  const stop = (runId: string) =>
    perform(beginStop, async () => {
      const answer = await stopRun({ runId });
      if (!answer.ok) setProblem(errorSentence(answer.refusal, REFUSALS));
    });
  const before = asked.filter(({ runId }) => runId !== current?.runId);
  return (
    <Section title={TITLES[agent]}>
      <div className="grid gap-4">
        {before.length === 0 && !current ? (
          <p className="prose-width text-muted">
            A question about this venture is answered from its stored figures. What the figures do not say, the answer
            says.
          </p>
        ) : null}
        <ol aria-label="Questions and answers" className="grid gap-4 empty:hidden">
          {before.map((each) => (
            <Answered key={each.runId} asked={each} zone={zone} />
          ))}
          {current ? (
            <Answering
              key={current.runId}
              {...current}
              onStop={mayStop ? () => stop(current.runId) : null}
              busy={stopping}
            />
          ) : null}
        </ol>
        <p role="alert" className="font-medium text-critical-text empty:hidden">
          {problem}
        </p>
        {mayAsk ? (
          <form onSubmit={submit} className="grid gap-2" data-print="none">
            <Field label="Your question">
              {(control) => (
                <Textarea
                  {...control}
                  rows={2}
                  required
                  minLength={3}
                  maxLength={500}
                  value={question}
                  onChange={(event) => setQuestion(event.target.value)}
                />
              )}
            </Field>
            <div>
              <Button type="submit" busy={busy} disabled={current !== null}>
                Ask
              </Button>
            </div>
          </form>
        ) : null}
      </div>
    </Section>
  );
}

function Question({ text, by }: { text: string; by: string }) {
  return (
    <p className="wrap-anywhere">
      <span className="font-medium">{text}</span> <span className="text-sm text-muted">{by}</span>
    </p>
  );
}

function Answered({ asked, zone }: { asked: AskedQuestion; zone: string }) {
  const { question, by, at, answer, failure, status, model } = asked;
  return (
    <li className="grid gap-1">
      <Question text={question} by={`${by}, ${formatMoment(new Date(at), zone)}`} />
      <div className="border-l-3 border-line pl-3">
        {answer ? <ReportText blocks={answer.blocks} figures={answer.figures} /> : null}
        {answer ? (
          <p className="mt-1 text-sm text-muted">
            {model}, <TextLink href={`/runs/${asked.runId}`}>trace</TextLink>
          </p>
        ) : null}
        {!answer && !ACTIVE.includes(status) ? (
          <p className="text-muted">
            No answer. {failure} <TextLink href={`/runs/${asked.runId}`}>Trace</TextLink>
          </p>
        ) : null}
      </div>
    </li>
  );
}

type AnsweringProps = { runId: string; question: string; busy: boolean; onStop: (() => void) | null };

/** The question in hand: words as they come; when it is over the page is read anew, and the answer stays. */
function Answering({ runId, question, busy, onStop }: AnsweringProps) {
  const router = useRouter();
  const { view, connection } = useRunStream(runId);
  const over = view.status === "succeeded" || view.status === "failed" || view.status === "stopped";
  const refreshed = useRef(false);
  const announcement = useAnnouncement(
    over ? (view.status === "succeeded" ? "The answer is there." : "There is no answer.") : "Being answered.",
  );
  useEffect(() => {
    if (!over || refreshed.current) return;
    refreshed.current = true;
    router.refresh();
  }, [over, router]);
  const passage = view.items.findLast((item) => item.kind === "text")?.step;
  return (
    <li className="grid gap-1">
      <p aria-live="polite" className="sr-only">
        {announcement}
      </p>
      <Question text={question} by={over ? "" : "being answered"} />
      <div className="grid gap-2 border-l-3 border-accent pl-3">
        {!over && connection === "broken" ? (
          <Notice level="warning" word="connection lost">
            The answer is written without you watching; it catches up when the line is back.
          </Notice>
        ) : null}
        {view.fallback ? (
          <Notice level="warning" word="provider failed">
            {view.fallback}
          </Notice>
        ) : null}
        {view.items.length === 0 && !over ? <p className="text-muted">Looking up the figures…</p> : null}
        <RunBody key={passage} view={view} live={!over} />
        {view.status === "failed" || view.status === "stopped" ? <p className="text-muted">{view.reason}</p> : null}
        {!over && onStop ? (
          <p data-print="none">
            <Button busy={busy} onClick={onStop}>
              Stop
            </Button>
          </p>
        ) : null}
      </div>
    </li>
  );
}
