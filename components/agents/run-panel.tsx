"use client";

import { useRouter } from "next/navigation";
import { type TransitionStartFunction, useEffect, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { errorSentence } from "@/components/ui/error-sentence";
import { ErrorState } from "@/components/ui/error-state";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import {
  retryRun,
  startCoordination,
  startDealReview,
  startExitPreparation,
  startGrowthAnalysis,
  stopRun,
} from "@/lib/agents/actions";
import { plural } from "@/lib/format";
import { RunBody } from "./run-body";
import { RunPlan } from "./run-plan";
import { RunTrace } from "./run-trace";
import { useAnnouncement } from "./use-announcement";
import { type RunStream, useRunStream } from "./use-run-stream";
import { announcementOf } from "./words";

export type PanelRun = {
  id: string;
  status: string;
  model: string;
  /** It was begun by something that happened: the button begins the panel's own task, and its words stay open. */
  aside?: boolean;
};
type RunPanelProps = {
  ventureId: string;
  /** Whose panel it is. */
  agent?: keyof typeof AGENTS;
  run: PanelRun | null;
  /** What the run's proposals became. */
  memos: readonly { id: string; title: string }[];
  /** Who would do the work now. */
  model: string;
  mayStart: boolean;
  mayStop: boolean;
};

/** Who works here, on what, and in which words that is offered. */
const AGENTS = {
  growth: {
    title: "Growth Management Specialist",
    start: startGrowthAnalysis,
    label: "Run growth analysis",
    does: "Reads the venture’s figures, ranks the levers that its own data shows, writes the report and proposes one initiative to the chairman.",
  },
  exit: {
    title: "Exit Preparation Advisor",
    start: startExitPreparation,
    label: "Write the exit readiness report",
    does: "Reads readiness, the data room, value and buyers, writes the exit readiness report, and asks the chairman for the exit approval once everything is met.",
  },
  value: {
    title: "Value Realization Manager",
    start: startDealReview,
    label: "Run deal review",
    does: "Reads where each bidder stands, compares the offers on what reaches the group, writes the deal negotiation report, and asks the chairman with whom to negotiate first.",
  },
  coordinator: {
    title: "Active Venture Coordinator",
    start: startCoordination,
    label: "Write the stage status report",
    does: "Reads what the three specialists have put out, the gates and what waits, names where their reports disagree, escalates what cannot wait to the chairman, and writes the stage status report.",
  },
} as const;

const ACTIVE = ["queued", "running", "stopping"];
const REFUSALS = { NOT_RUNNING: "It had already ended." };

/** Where an agent works: the plan, its tool calls, its words as they come; stop, again. */
export function RunPanel({ ventureId, agent = "growth", run, memos, model, mayStart, mayStop }: RunPanelProps) {
  const router = useRouter();
  const [runId, setRunId] = useState(run?.id ?? null);
  const [problem, setProblem] = useState<string | null>(null);
  const [starting, start] = useTransition();
  // Of its own: what was just begun can be stopped before the page has come after it.
  const [stopping, stop] = useTransition();
  const stream = useRunStream(runId);
  const status = statusOf(stream, runId === run?.id ? run : null, runId);
  const announcement = useAnnouncement(announcementOf(stream.view));
  useRefreshAtEnd(stream, run, runId, router.refresh);
  const perform = (
    through: TransitionStartFunction,
    work: () => Promise<{ ok: true; value: { runId: string } | null } | { ok: false; refusal: string }>,
  ) =>
    through(async () => {
      setProblem(null);
      const answer = await work().catch(() => ({ ok: false as const, refusal: "UNAVAILABLE" }));
      if (!answer.ok) setProblem(errorSentence(answer.refusal, REFUSALS));
      else if (answer.value) setRunId(answer.value.runId);
    });
  const active = ACTIVE.includes(status);
  const aside = run?.aside === true && runId === run.id;
  const again = aside ? null : runId;
  const begin = () => perform(start, () => (again ? retryRun({ runId: again }) : AGENTS[agent].start({ ventureId })));
  return (
    <Section title={AGENTS[agent].title} aside={stream.view.model ?? run?.model ?? model}>
      <p aria-live="polite" className="sr-only">
        {announcement}
      </p>
      <div className="grid gap-4">
        {problem ? <ErrorState title={problem} /> : null}
        {active && stream.connection === "broken" ? (
          <Notice level="warning" word="connection lost">
            The work goes on without you watching; this panel catches up when the line is back.
          </Notice>
        ) : null}
        {runId ? <Work {...{ stream, status, aside }} /> : <Invitation does={AGENTS[agent].does} model={model} />}
        {memos.length > 0 && runId === run?.id && !active ? <Proposed memos={memos} /> : null}
        <div className="flex flex-wrap items-center gap-2" data-print="none">
          {active ? (
            <Button
              busy={stopping}
              disabled={!mayStop || status === "stopping"}
              // The second half of a double press on the button that began it is no stop.
              onClick={({ detail }) => detail < 2 && runId && perform(stop, () => stopRun({ runId }))}
            >
              {status === "stopping" ? "Stopping…" : "Stop"}
            </Button>
          ) : (
            <Button variant={again ? "plain" : "primary"} busy={starting} disabled={!mayStart} onClick={begin}>
              {again ? labelAgain(status) : AGENTS[agent].label}
            </Button>
          )}
          {runId ? <TextLink href={`/runs/${runId}`}>Trace</TextLink> : null}
        </div>
      </div>
    </Section>
  );
}

function Proposed({ memos }: Pick<RunPanelProps, "memos">) {
  return (
    <ul className="grid gap-1">
      {memos.map(({ id, title }) => (
        <li key={id}>
          Proposed: <TextLink href={`/inbox/${id}`}>{title}</TextLink>
        </li>
      ))}
    </ul>
  );
}

const labelAgain = (status: string): string => (status === "succeeded" ? "Run again" : "Try again");

/** What the stream says once it speaks; before that what the page knew. */
function statusOf({ view }: RunStream, run: PanelRun | null, runId: string | null): string {
  if (!runId) return "none";
  return view.status === "waiting" ? (run?.status ?? "queued") : view.status;
}

/** The page is older than the run's end: it fetches the report, once. A run that had ended before is left alone. */
function useRefreshAtEnd({ view }: RunStream, run: PanelRun | null, runId: string | null, refresh: () => void): void {
  const asked = useRef<string | null>(null);
  const isNews = run?.id !== runId || ACTIVE.includes(run?.status ?? "");
  useEffect(() => {
    if (view.status !== "succeeded" || !isNews || asked.current === runId) return;
    asked.current = runId;
    refresh();
  }, [view.status, isNews, runId, refresh]);
}

function Invitation({ does, model }: { does: string; model: string }) {
  return (
    <p className="prose-width text-muted">
      {does} It is done by the {model}; every number in it opens to its source.
    </p>
  );
}

function Work({ stream, status, aside }: { stream: RunStream; status: string; aside: boolean }) {
  const { view } = stream;
  const done = !ACTIVE.includes(status);
  const passage = view.items.findLast((item) => item.kind === "text")?.step;
  const calls = view.items.filter((item) => item.kind === "tool").length;
  const work = (
    <div className="grid gap-4">
      <RunPlan plan={view.plan} running={!done} />
      <RunTrace items={view.items} />
      <RunBody key={passage} view={view} live={!done} />
    </div>
  );
  return (
    <div className="grid gap-3">
      {view.fallback ? (
        <Notice level="warning" word="provider failed">
          {view.fallback}
        </Notice>
      ) : null}
      {status === "failed" ? (
        <ErrorState title="The analysis failed; no report was written.">{view.reason}</ErrorState>
      ) : null}
      {status === "stopped" ? <Notice word="stopped">{view.reason} What was written stays below.</Notice> : null}
      {status === "queued" && view.status === "waiting" ? <p className="text-muted">Waiting for a worker…</p> : null}
      {status === "succeeded" && !aside ? (
        <Disclosure summary={`Done: ${plural(calls, "tool call")}, each with its result`}>{work}</Disclosure>
      ) : (
        work
      )}
    </div>
  );
}
