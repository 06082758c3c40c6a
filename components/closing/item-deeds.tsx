"use client";

import { useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { askWaiver, recordWaiver, removeItem, undoItem } from "@/lib/closing/actions";
import type { ItemView } from "@/lib/closing/queries/closing";
import { waiverRefusal } from "@/lib/closing/rules/checklist";
import type { Side } from "@/lib/closing/schema";
import type { ChecklistProps } from "./checklist";
import { ClosingDialog } from "./closing-dialog";
import { ClosingProblem } from "./closing-problem";
import { ItemDialog } from "./item-dialog";
import { RemoveDialog } from "./removals";

/** What can be done with one item: changed, its last change taken back, its condition given up. */
export function ItemDeeds({ item, closing, today, mayAsk }: ChecklistProps & { item: ItemView }) {
  const { busy, refusal, problems, run, dialog } = useChange();
  const { id: itemId, version, task } = item;
  return (
    <div className="grid gap-1">
      <div className="flex flex-wrap gap-1">
        <ItemDialog
          closing={closing}
          item={item}
          trigger={
            <Button variant="bare" aria-label={`Edit ${task.title}`}>
              Edit
            </Button>
          }
        />
        {item.undoable ? (
          <Button
            variant="bare"
            busy={busy}
            aria-label={`Undo the last change of ${task.title}`}
            onClick={() => run(() => undoItem({ itemId, version }), "The last change is taken back.")}
          >
            Undo
          </Button>
        ) : null}
        {task.condition === null ? <RemoveItem item={item} /> : null}
        {mayAsk && waiverRefusal(item, "ours") === null ? <Waive item={item} side="ours" today={today} /> : null}
        {waiverRefusal(item, "theirs") === null ? <Waive item={item} side="theirs" today={today} /> : null}
      </div>
      <ClosingProblem code={refusal} problems={problems} />
      {dialog}
    </div>
  );
}

function RemoveItem({ item: { id, version, task } }: { item: ItemView }) {
  return <RemoveDialog name={task.title} send={(reason) => removeItem({ itemId: id, version, reason })} />;
}

function Waive({ item: { id, version, task }, side, today }: { item: ItemView; side: Side; today: string }) {
  const [reason, setReason] = useState("");
  const [on, setOn] = useState(today);
  const ours = side === "ours";
  const send = () =>
    ours ? askWaiver({ itemId: id, version, reason }) : recordWaiver({ itemId: id, version, reason, on });
  return (
    <ClosingDialog
      title={ours ? `Ask to waive “${task.title}”?` : `Has the buyer waived “${task.title}”?`}
      description={
        ours
          ? "It protects us, so the chairman decides. A waiver is not taken back."
          : "It protects the buyer. Record it once it is in writing; a waiver is not taken back."
      }
      trigger={
        <Button variant="bare" aria-label={`${ours ? "Waive" : "Buyer waives"} ${task.title}`}>
          {ours ? "Waive" : "Buyer waives"}
        </Button>
      }
      submit={ours ? "Ask the chairman" : "Record the waiver"}
      done={ours ? "The chairman is asked." : "The waiver is recorded."}
      send={send}
    >
      {(problemAt) => (
        <>
          <Field label={ours ? "Why" : "Where it is written, and why"} required error={problemAt("reason")}>
            {(control) => (
              <Textarea {...control} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
            )}
          </Field>
          {ours ? null : (
            <Field label="On" required error={problemAt("on")}>
              {(control) => (
                <TextInput {...control} type="date" value={on} onChange={(event) => setOn(event.target.value)} />
              )}
            </Field>
          )}
        </>
      )}
    </ClosingDialog>
  );
}
