"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { ActionProblem } from "@/components/ui/action-problem";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { addRisk, saveRisk } from "@/lib/stage/actions/risks";
import type { AlertLine } from "./alert-view";
import { RISK_REFUSALS } from "./alert-words";
import { RiskFields, type RiskValues } from "./risk-fields";

export type RiskPeople = {
  ventures: readonly { id: string; name: string }[];
  people: readonly { id: string; name: string }[];
  /** May the reader name risks of the holding itself? */
  holding: boolean;
};
export type EditedRisk = RiskValues & { id: string; version: number };

type RiskDialogProps = {
  people: RiskPeople;
  /** The alert that it is opened from … */
  from?: AlertLine;
  /** … or the risk that is changed; neither: a new one. */
  risk?: EditedRisk;
  onClose: () => void;
};

const LIKELY: Readonly<Record<string, string>> = { critical: "4", warning: "3", info: "2" };

const blank = ({ ventures, holding }: RiskPeople, from?: AlertLine): RiskValues => ({
  ...{ title: from ? from.title : "", detail: from ? from.detail : "", mitigation: "", ownerId: "", dueOn: "" },
  ...{ likelihood: LIKELY[from?.severity ?? ""] ?? "3", impact: "3", status: "open" },
  ventureId: from ? (from.venture?.id ?? "") : holding ? "" : (ventures[0]?.id ?? ""),
});

/** A new risk, one opened from an alert, or a change of one. */
export function RiskDialog({ people, from, risk, onClose }: RiskDialogProps) {
  const [values, setValues] = useState<RiskValues>(risk ?? blank(people, from));
  const { busy, refusal, problemAt, run, dialog } = useChange();
  async function submit(event: FormEvent) {
    event.preventDefault();
    const { title, detail, mitigation } = values;
    const said = {
      ...{ title, detail, mitigation, ownerId: values.ownerId || null, dueOn: values.dueOn || null },
      ...{ likelihood: Number(values.likelihood), impact: Number(values.impact) },
    };
    const done = risk
      ? await run<null>(
          () => saveRisk({ ...said, riskId: risk.id, version: risk.version, status: values.status }),
          "The risk is kept.",
        )
      : await run<{ riskId: string }>(
          () => addRisk({ ...said, ventureId: values.ventureId || null, alertId: from?.id ?? null }),
          "The risk is on the list.",
        );
    if (done) onClose();
  }
  return (
    <Dialog
      title={risk ? "Change this risk" : "Open a risk"}
      open
      wide
      onOpenChange={(open) => (open ? undefined : onClose())}
    >
      <form onSubmit={submit} className="grid gap-3">
        <ActionProblem code={refusal} sentences={RISK_REFUSALS} word="not kept" />
        <RiskFields
          values={values}
          set={(part) => setValues({ ...values, ...part })}
          people={people}
          fixed={from !== undefined || risk !== undefined}
          isNew={!risk}
          problemAt={problemAt}
        />
        <div>
          <Button type="submit" variant="primary" busy={busy}>
            {risk ? "Keep the change" : "Open the risk"}
          </Button>
        </div>
      </form>
      {dialog}
    </Dialog>
  );
}
