"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import type { AgentName } from "@/lib/agents/schema";
import { clearPolicyRow, setPolicyRow } from "@/lib/decisions/actions/autonomy";
import { commitsMoney } from "@/lib/decisions/rules/policy";
import type { ActionClass } from "@/lib/decisions/schema";
import { ACTION_WORDS, AGENT_WORDS } from "@/lib/decisions/schema/words";
import { AUTONOMIES } from "@/lib/ventures/schema";
import { heldWords, LEVEL_WORDS, policyRefusal } from "./words";

export type CellView = {
  agent: AgentName;
  actionClass: ActionClass;
  level: string;
  demoted: boolean;
  lost: boolean;
  set: { level: string; limitUsd: string | null; version: number; by: string; when: string; reason: string } | null;
};
type RowDialogProps = { venture: { id: string; name: string; autonomy: string }; cell: CellView; mayChange: boolean };

const OWN = "own";
const LEADS: Readonly<Record<string, string>> = {
  manual: "It analyses; the decision is yours",
  assisted: "Each proposal is a memo for you",
  auto: "It does this by itself, within the amount and the limits of the house",
};

/** What stands for one agent and one kind of action at a venture, and the form that changes it. */
export function RowDialog({ venture, cell, mayChange }: RowDialogProps) {
  const { agent, actionClass, set, demoted } = cell;
  const [level, setLevel] = useState(set?.level ?? OWN);
  const [limitUsd, setLimit] = useState(set?.limitUsd ?? "");
  const [reason, setReason] = useState("");
  const about = { ventureId: venture.id, agent, actionClass, version: set?.version ?? 0, reason };
  const send = () => {
    const chosen = AUTONOMIES.find((known) => known === level);
    return chosen
      ? setPolicyRow({
          ...about,
          level: chosen,
          limitUsd: chosen === "auto" && commitsMoney(actionClass) && limitUsd.trim() ? limitUsd.trim() : null,
        })
      : clearPolicyRow(about);
  };
  const shown = demoted ? "Assisted, by the rule" : heldWords({ level: cell.level, limitUsd: set?.limitUsd ?? null });
  const title = `${AGENT_WORDS[agent]}: ${ACTION_WORDS[actionClass]}, at ${venture.name}`;
  if (!mayChange) return <span className={set ? "font-medium" : "text-muted"}>{shown}</span>;
  return (
    <FormDialog
      title={title}
      description={
        set ? `Set by ${set.by}, ${set.when}: “${set.reason}”` : `${venture.name} is led at ${venture.autonomy}.`
      }
      trigger={
        <button
          type="button"
          aria-label={`${title}: ${shown}. Change`}
          className={`target rounded-sm text-left underline decoration-line underline-offset-3 hover:decoration-current ${set ? "font-medium" : "text-muted"}`}
        >
          {shown}
        </button>
      }
      submit="Save"
      done="The policy is saved."
      send={send}
      problem={(code) =>
        code ? (
          <Notice level="critical" word="not saved">
            {policyRefusal(code)}
          </Notice>
        ) : null
      }
    >
      {(problemAt) => (
        <>
          <RadioGroup
            name="level"
            legend="What it may do"
            value={level}
            onChange={setLevel}
            options={[
              {
                value: OWN,
                label: "As the venture is led",
                hint: LEVEL_WORDS[venture.autonomy],
                disabled: set === null && level !== OWN,
              },
              ...AUTONOMIES.map((one) => ({ value: one, label: LEVEL_WORDS[one], hint: LEADS[one] })),
            ]}
          />
          {level === "auto" && cell.lost ? (
            <p className="text-sm text-muted">
              The rule took this right from the agent at every venture: nothing passes until a chairman gives it back.
            </p>
          ) : null}
          {level === "auto" && venture.autonomy === "manual" ? (
            <p className="text-sm text-muted">The venture is led at manual, so nothing passes until that is changed.</p>
          ) : null}
          {level === "auto" && commitsMoney(actionClass) ? (
            <Field
              label="Up to, in US dollars"
              hint="For each commitment. Empty: the limits of the house. Nobody can set more than 50,000 or 10 % of the budget."
              required={false}
              error={problemAt("limitUsd")}
            >
              {(control) => (
                <TextInput {...control} numeric value={limitUsd} onChange={(event) => setLimit(event.target.value)} />
              )}
            </Field>
          ) : null}
          <Field label="Reason" hint="It stands in the record with your name." required error={problemAt("reason")}>
            {(control) => (
              <Textarea
                {...control}
                rows={2}
                minLength={3}
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
