"use client";

import { useEffect, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Level } from "@/components/ui/level";
import { formatDay } from "@/lib/format";
import { changeInitiativePlan } from "@/lib/growth/actions/initiatives";
import type { MilestoneState, PlanTask } from "@/lib/growth/rules/initiatives/initiative-plan";
import type { PlanChange } from "@/lib/growth/schema/initiatives";
import { DatedForm } from "./initiative-dated-form";
import { InitiativeProblem } from "./initiative-problem";

type TasksProps = {
  initiativeId: string;
  version: number;
  milestones: readonly MilestoneState[];
  today: string;
  mayEdit: boolean;
};

export type Change = (change: PlanChange, done: string) => Promise<boolean>;

/** Milestones in the order of their days, each with the tasks that lead to it. */
export function InitiativeTasks({ initiativeId, version, milestones, today, mayEdit }: TasksProps) {
  const { busy, refusal, run, dialog } = useChange();
  const change: Change = async (wanted, done) =>
    (await run(() => changeInitiativePlan({ initiativeId, version, change: wanted }), done)) !== null;
  return (
    <div className="grid grid-cols-1 gap-4">
      <InitiativeProblem code={refusal} />
      <ol className="grid gap-4">
        {milestones.map((milestone) => (
          <Milestone key={milestone.position} {...{ milestone, today, mayEdit, change, busy }} />
        ))}
      </ol>
      {mayEdit ? (
        <Disclosure summary="Add a milestone">
          <DatedForm
            label="Milestone"
            verb="Add the milestone"
            busy={busy}
            onSubmit={(title, dueOn) =>
              change({ kind: "add-milestone", title, dueOn }, "The milestone is in the plan.")
            }
          />
        </Disclosure>
      ) : null}
      {dialog}
    </div>
  );
}

type MilestoneProps = { milestone: MilestoneState; today: string; mayEdit: boolean; change: Change; busy: boolean };

function Milestone({ milestone, today, mayEdit, change, busy }: MilestoneProps) {
  const { position, title, dueOn, reachedOn, overdue, tasks } = milestone;
  return (
    <li>
      <p className="flex flex-wrap items-baseline gap-x-3 border-b border-line pb-1 font-medium">
        {title}
        <span className="text-sm font-normal text-muted">due {formatDay(dueOn)}</span>
        {reachedOn ? <Level level="healthy" word={`reached ${formatDay(reachedOn, "short")}`} /> : null}
        {overdue ? <Level level="warning" word="overdue" /> : null}
      </p>
      <ul>
        {tasks.map((task) => (
          <Task key={task.position} {...{ task, today, mayEdit, change, busy }} />
        ))}
      </ul>
      {tasks.length === 0 ? <p className="py-1 text-muted">No task leads to it yet.</p> : null}
      {mayEdit ? (
        <Disclosure summary={`Add a task, or change “${title}”`}>
          <div className="grid gap-6">
            <DatedForm
              label="Task"
              verb="Add the task"
              dueOn={dueOn}
              busy={busy}
              onSubmit={(text, day) =>
                change({ kind: "add-task", milestone: position, title: text, dueOn: day }, "The task is in the plan.")
              }
            />
            <DatedForm
              label="Milestone"
              verb="Save the milestone"
              title={title}
              dueOn={dueOn}
              busy={busy}
              onSubmit={(text, day) =>
                change(
                  { kind: "change-milestone", milestone: position, title: text, dueOn: day },
                  "The milestone is changed.",
                )
              }
              onRemove={() => change({ kind: "remove-milestone", milestone: position }, "The milestone is removed.")}
            />
          </div>
        </Disclosure>
      ) : null}
    </li>
  );
}

type TaskProps = { task: PlanTask; today: string; mayEdit: boolean; change: Change; busy: boolean };

function Task({ task, today, mayEdit, change, busy }: TaskProps) {
  const { position, title, dueOn, doneOn } = task;
  const [editing, setEditing] = useState(false);
  const late = doneOn === null && dueOn < today;
  // Ticked at once; the page says what the server kept.
  const [asked, setAsked] = useState<boolean | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the server kept is newer than what was asked for
  useEffect(() => setAsked(null), [doneOn]);
  async function tick() {
    if (busy) return;
    setAsked(doneOn === null);
    const kept =
      doneOn === null
        ? await change({ kind: "finish-task", task: position, doneOn: today }, `“${title}” is done.`)
        : await change({ kind: "reopen-task", task: position }, `“${title}” is open again.`);
    if (!kept) setAsked(null);
  }
  return (
    <li className="border-b border-line py-1">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <input
          type="checkbox"
          aria-label={`Done: ${title}`}
          className="size-4 shrink-0 touch:size-6"
          checked={asked ?? doneOn !== null}
          disabled={!mayEdit}
          onChange={() => void tick()}
        />
        <span className="min-w-0 flex-1 basis-40">{title}</span>
        <span className="text-sm text-muted">
          {doneOn ? `done ${formatDay(doneOn, "short")}` : `due ${formatDay(dueOn, "short")}`}
        </span>
        {late ? <Badge>overdue</Badge> : null}
        {mayEdit && doneOn === null ? (
          <Button variant="bare" aria-expanded={editing} onClick={() => setEditing(!editing)}>
            {editing ? "Close" : "Change"}
          </Button>
        ) : null}
      </div>
      {editing ? (
        <div className="py-2 pl-6">
          <DatedForm
            label="Task"
            verb="Save the task"
            {...{ title, dueOn, busy }}
            onSubmit={async (text, day) => {
              const done = await change(
                { kind: "change-task", task: position, title: text, dueOn: day },
                "The task is changed.",
              );
              if (done) setEditing(false);
              return done;
            }}
            onRemove={() => change({ kind: "remove-task", task: position }, "The task is removed.")}
          />
        </div>
      ) : null}
    </li>
  );
}
