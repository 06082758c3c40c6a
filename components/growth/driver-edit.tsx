"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { submitTreeEdit } from "@/lib/growth/actions";
import { BRANCH_OPERATIONS, type BranchOperation, type TreeEdit } from "@/lib/growth/schema/driver-tree";
import { growthSentence } from "./driver-words";

export type EditableNode = {
  id: string;
  label: string;
  /** What can be done with it here. */
  kinds: readonly TreeEdit["kind"][];
  value: string | null;
  monthlyGrowth: string | null;
  hasFact: boolean;
};

const KIND_WORDS: Readonly<Record<TreeEdit["kind"], string>> = {
  set: "Set its value or growth",
  rename: "Rename it",
  split: "Replace it by two parts",
  add: "Add a part to it",
  join: "Put another driver beside it",
  remove: "Take it out",
};

const OPERATIONS: Readonly<Record<BranchOperation, string>> = {
  sum: "sum",
  product: "product",
  difference: "difference",
  quotient: "division",
};

const operationOf = (value: string): BranchOperation => BRANCH_OPERATIONS.find((known) => known === value) ?? "sum";

/** The change that the form describes; percent of growth become a fraction on the server's terms. */
function editOf(kind: TreeEdit["kind"], node: string, form: FormData): TreeEdit {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const optional = (name: string) => text(name) || null;
  const part = (index: number) => ({ label: text(`label${index}`), value: text(`value${index}`) });
  const operation = operationOf(text("operation"));
  switch (kind) {
    case "rename":
      return { kind, node, label: text("label1") };
    case "set":
      return { kind, node, value: optional("value1"), monthlyGrowth: optional("growth") };
    case "split":
      return { kind, node, operation, parts: [part(1), part(2)] };
    case "add":
      return { kind, node, ...part(1), monthlyGrowth: optional("growth") };
    case "join":
      return { kind, node, operation, label: text("label2"), beside: part(1) };
    case "remove":
      return { kind, node };
  }
}

type DriverEditProps = { ventureId: string; version: number; node: EditableNode };

/** One change of the tree, with its reason. */
export function DriverEdit({ ventureId, version, node }: DriverEditProps) {
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<TreeEdit["kind"]>(node.kinds[0] ?? "rename");
  const { busy, refusal, problemAt, run, dialog } = useChange();

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const reason = String(form.get("reason") ?? "");
    const edit = editOf(kind, node.id, form);
    if (await run(() => submitTreeEdit({ ventureId, version, reason, edit }), "The tree has a new version."))
      setOpen(false);
  }

  return (
    <Dialog
      title={node.label}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="bare" aria-label={`Change ${node.label}`}>
          Change
        </Button>
      }
    >
      <form onSubmit={send} className="grid gap-4">
        <Field label="What to change">
          {(control) => (
            <Select
              {...control}
              value={kind}
              onChange={(event) => setKind(node.kinds.find((known) => known === event.target.value) ?? kind)}
              options={node.kinds.map((value) => ({ value, label: KIND_WORDS[value] }))}
            />
          )}
        </Field>
        <KindFields kind={kind} node={node} problemAt={problemAt} />
        <Field label="Why" hint="Kept with the version" required error={problemAt("reason")}>
          {(control) => <TextInput {...control} name="reason" minLength={3} maxLength={300} />}
        </Field>
        <p role="alert" className="font-medium text-critical-text">
          {growthSentence(refusal)}
        </p>
        <div>
          <Button type="submit" variant="primary" busy={busy}>
            Save as a new version
          </Button>
        </div>
      </form>
      {dialog}
    </Dialog>
  );
}

type KindFieldsProps = { kind: TreeEdit["kind"]; node: EditableNode; problemAt: (path: string) => string | null };

function KindFields({ kind, node, problemAt }: KindFieldsProps) {
  const named = (index: number, label: string) => (
    <Field label={label} required>
      {(control) => (
        <TextInput
          {...control}
          name={`label${index}`}
          maxLength={80}
          defaultValue={kind === "rename" ? node.label : undefined}
        />
      )}
    </Field>
  );
  const valued = (index: number, label: string, required = true) => (
    <Field
      label={label}
      required={required}
      error={problemAt("edit.value")}
      hint={kind === "set" && node.hasFact ? "Empty: read from the stored facts again" : undefined}
    >
      {(control) => (
        <TextInput
          {...control}
          numeric
          name={`value${index}`}
          defaultValue={kind === "set" ? (node.value ?? undefined) : undefined}
        />
      )}
    </Field>
  );
  const growth = (
    <Field
      label="Growth per month"
      hint="A fraction: 0.02 is 2 % a month; empty: none"
      error={problemAt("edit.monthlyGrowth")}
    >
      {(control) => (
        <TextInput
          {...control}
          numeric
          name="growth"
          defaultValue={kind === "set" ? (node.monthlyGrowth ?? undefined) : undefined}
        />
      )}
    </Field>
  );
  const operation = (
    <Field label="Put together by">
      {(control) => (
        <Select
          {...control}
          name="operation"
          options={BRANCH_OPERATIONS.map((value) => ({ value, label: OPERATIONS[value] }))}
        />
      )}
    </Field>
  );
  switch (kind) {
    case "rename":
      return named(1, "New name");
    case "set":
      return (
        <div className="grid gap-4 sm:grid-cols-2">
          {valued(1, "Value per month", !node.hasFact)}
          {growth}
        </div>
      );
    case "split":
      return (
        <div className="grid gap-4 sm:grid-cols-2">
          {operation}
          <span />
          {named(1, "First part")}
          {valued(1, "Its value")}
          {named(2, "Second part")}
          {valued(2, "Its value")}
        </div>
      );
    case "add":
      return (
        <div className="grid gap-4 sm:grid-cols-2">
          {named(1, "Name of the part")}
          {valued(1, "Its value")}
          {growth}
        </div>
      );
    case "join":
      return (
        <div className="grid gap-4 sm:grid-cols-2">
          {named(1, "Name of the driver beside it")}
          {valued(1, "Its value")}
          {operation}
          {named(2, "Name of both together")}
        </div>
      );
    case "remove":
      return <p className="text-muted">It leaves the tree; the versions before keep it.</p>;
  }
}
