"use client";

import { useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { Level } from "@/components/ui/level";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { TextInput } from "@/components/ui/text-input";
import { formatDay, plural } from "@/lib/format";
import { changeTask } from "@/lib/readiness/actions";
import type { TaskView } from "@/lib/readiness/queries/readiness-page";
import { criterionOf } from "@/lib/readiness/rules/criteria";
import { READINESS_SENTENCES } from "./readiness-words";

type Person = { id: string; name: string };
type TaskListProps = { tasks: readonly TaskView[]; people: readonly Person[]; mayScore: boolean };

/** What is to be done, by whom and until when; what is done stays one press away. */
export function TaskList({ tasks, people, mayScore }: TaskListProps) {
  const [all, setAll] = useState(false);
  const { busy, refusal, run, dialog } = useChange();
  const open = tasks.filter(({ status }) => status === "open");
  const shown = all ? tasks : open;
  const change = (task: TaskView, to: Partial<Pick<TaskView, "status" | "ownerId" | "dueOn">>, done?: string) => {
    const { id: taskId, version, status, ownerId, dueOn, title } = task;
    return run(() => changeTask({ taskId, version, title, status, ownerId, dueOn, ...to }), done);
  };
  return (
    <Section
      title="Tasks"
      aside={
        tasks.length > open.length ? (
          <Switch label="Show what is closed" checked={all} onChange={(event) => setAll(event.target.checked)} />
        ) : null
      }
    >
      {refusal ? (
        <Notice level="critical" word="not changed">
          {errorSentence(refusal, READINESS_SENTENCES)}
        </Notice>
      ) : null}
      {shown.length === 0 ? (
        <p className="py-2 text-muted">No open task. The next best actions make them.</p>
      ) : (
        <Table caption={`${plural(open.length, "open task")}`}>
          <TableHead>
            <TableHeadCell>Task</TableHeadCell>
            <TableHeadCell>Owner</TableHeadCell>
            <TableHeadCell>Due</TableHeadCell>
            <TableHeadCell>State</TableHeadCell>
          </TableHead>
          <TableBody>
            {shown.map((task) => (
              <TableRow key={task.id}>
                <TableRowHead className="py-1.5">
                  {task.title}
                  <span className="block text-sm font-normal text-muted">{criterionOf(task.criterion)?.label}</span>
                </TableRowHead>
                <TableCell>
                  {mayScore ? (
                    <Select
                      aria-label={`Owner of ${task.title}`}
                      placeholder="Nobody yet"
                      options={people.map(({ id, name }) => ({ value: id, label: name }))}
                      value={task.ownerId ?? ""}
                      onChange={(event) => change(task, { ownerId: event.target.value || null })}
                    />
                  ) : (
                    (task.owner ?? "Nobody yet")
                  )}
                </TableCell>
                <TableCell>
                  {mayScore ? (
                    <TextInput
                      type="date"
                      aria-label={`Due day of ${task.title}`}
                      value={task.dueOn ?? ""}
                      onChange={(event) => change(task, { dueOn: event.target.value || null })}
                    />
                  ) : task.dueOn ? (
                    formatDay(task.dueOn)
                  ) : (
                    "–"
                  )}
                  {task.overdue ? <Level level="warning" word="overdue" /> : null}
                </TableCell>
                <TableCell>
                  <State task={task} mayScore={mayScore} busy={busy} change={change} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {dialog}
    </Section>
  );
}

type StateProps = {
  task: TaskView;
  mayScore: boolean;
  busy: boolean;
  change: (task: TaskView, to: Pick<TaskView, "status">, done: string) => Promise<unknown>;
};

function State({ task, mayScore, busy, change }: StateProps) {
  if (!mayScore) return task.status;
  if (task.status !== "open") {
    return (
      <Button variant="bare" busy={busy} onClick={() => change(task, { status: "open" }, "The task is open again.")}>
        {`${task.status}, reopen`}
      </Button>
    );
  }
  return (
    <span className="flex gap-1">
      <Button busy={busy} onClick={() => change(task, { status: "done" }, "Done.")}>
        Done
      </Button>
      <Button variant="bare" busy={busy} onClick={() => change(task, { status: "dropped" }, "The task is dropped.")}>
        Drop
      </Button>
    </span>
  );
}
