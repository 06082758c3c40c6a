"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { limitQuestions } from "@/lib/data-room/actions/groups";
import type { GroupLine } from "@/lib/data-room/queries/groups";
import { onForm } from "../on-form";
import { Problem } from "../problem";
import { useSend } from "../use-send";

/** So many questions in any seven days. */
export function QuestionLimit({ group }: { group: GroupLine }) {
  const { busy, problem, send } = useSend();
  const { id: groupId, version, questionsPerWeek } = group;
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={onForm((form) =>
        send(() => limitQuestions({ groupId, version, perWeek: Number(form.get("perWeek")) }), "Saved."),
      )}
    >
      <Field label="Questions a week">
        {(control) => (
          <TextInput
            {...control}
            numeric
            type="number"
            min={0}
            max={500}
            name="perWeek"
            defaultValue={questionsPerWeek}
            className="w-24"
          />
        )}
      </Field>
      <Button type="submit" busy={busy}>
        Set
      </Button>
      <Problem text={problem} />
    </form>
  );
}
