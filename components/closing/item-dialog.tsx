"use client";

import { type ReactNode, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { addItem, editItem } from "@/lib/closing/actions";
import type { ClosingView, ItemView } from "@/lib/closing/queries/closing";
import { BENEFIT_LABELS, GROUP_LABELS, PARTY_LABELS } from "@/lib/closing/rules/checklist";
import { BENEFITS, GROUPS, PARTIES, type Task } from "@/lib/closing/schema";
import { plural } from "@/lib/format";
import { ClosingDialog } from "./closing-dialog";

const BLANK: Task = {
  ...{ group: "corporate-approvals", title: "", party: "company", person: "", dueOn: null, days: null },
  condition: null,
};
const optionsOf = <T extends string>(all: readonly T[], labels: Readonly<Record<T, string>>) =>
  all.map((value) => ({ value, label: labels[value] }));

type ItemDialogProps = { closing: ClosingView; item: ItemView | null; trigger: ReactNode };

/** A new item, or one as it is: what, who, until when, and what it waits for. */
export function ItemDialog({ closing, item, trigger }: ItemDialogProps) {
  const [task, setTask] = useState<Task>(item?.task ?? BLANK);
  const [after, setAfter] = useState<readonly string[]>(item?.after ?? []);
  const change = (part: Partial<Task>) => setTask({ ...task, ...part });
  const send = () =>
    item
      ? editItem({ itemId: item.id, version: item.version, task, after: [...after] })
      : addItem({ dealId: closing.dealId, task, after: [...after] });
  const select = (label: string, key: "group" | "party", options: { value: string; label: string }[]) => (
    <Field label={label} required>
      {(control) => (
        <Select
          {...control}
          options={options}
          value={task[key]}
          onChange={(event) => change({ [key]: event.target.value } as Partial<Task>)}
        />
      )}
    </Field>
  );
  return (
    <ClosingDialog
      title={item ? "Change an item" : "Add an item"}
      trigger={trigger}
      submit={item ? "Keep the change" : "Add the item"}
      done={item ? "The item is changed." : "The item is on the list."}
      send={send}
    >
      {(problemAt) => (
        <>
          <Field label="What" required error={problemAt("task.title")}>
            {(control) => (
              <TextInput {...control} value={task.title} onChange={(event) => change({ title: event.target.value })} />
            )}
          </Field>
          {select("Group", "group", optionsOf(GROUPS, GROUP_LABELS))}
          {select("Responsible", "party", optionsOf(PARTIES, PARTY_LABELS))}
          <Field label="Who" required={false} error={problemAt("task.person")}>
            {(control) => (
              <TextInput
                {...control}
                value={task.person}
                onChange={(event) => change({ person: event.target.value })}
              />
            )}
          </Field>
          <Times task={task} change={change} problemAt={problemAt} />
          <After closing={closing} item={item} after={after} setAfter={setAfter} />
        </>
      )}
    </ClosingDialog>
  );
}

type TimesProps = { task: Task; change: (part: Partial<Task>) => void; problemAt: (path: string) => string | null };

function Times({ task, change, problemAt }: TimesProps) {
  const days = (text: string) => (/^\d{1,4}$/.test(text) ? Number(text) : null);
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Due" required={false} error={problemAt("task.dueOn")}>
          {(control) => (
            <TextInput
              {...control}
              type="date"
              value={task.dueOn ?? ""}
              onChange={(event) => change({ dueOn: event.target.value || null })}
            />
          )}
        </Field>
        <Field label="Takes, calendar days" required={false} error={problemAt("task.days")}>
          {(control) => (
            <TextInput
              {...control}
              inputMode="numeric"
              value={task.days ?? ""}
              onChange={(event) => change({ days: days(event.target.value) })}
            />
          )}
        </Field>
      </div>
      <Field label="Condition of closing">
        {(control) => (
          <Select
            {...control}
            placeholder="Not a condition"
            options={optionsOf(BENEFITS, BENEFIT_LABELS)}
            value={task.condition ?? ""}
            onChange={(event) => change({ condition: BENEFITS.find((one) => one === event.target.value) ?? null })}
          />
        )}
      </Field>
    </>
  );
}

type AfterProps = Pick<ItemDialogProps, "closing" | "item"> & {
  after: readonly string[];
  setAfter: (after: readonly string[]) => void;
};

function After({ closing, item, after, setAfter }: AfterProps) {
  const others = closing.items.filter(({ id }) => id !== item?.id);
  return (
    <Disclosure summary={after.length > 0 ? `Waits for ${plural(after.length, "item")}` : "Waits for nothing"}>
      <div className="max-h-60 overflow-y-auto">
        {others.map(({ id, task }) => (
          <Checkbox
            key={id}
            label={task.title}
            checked={after.includes(id)}
            onChange={() => setAfter(after.includes(id) ? after.filter((one) => one !== id) : [...after, id])}
          />
        ))}
      </div>
    </Disclosure>
  );
}
