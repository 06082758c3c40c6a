"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { claimOfBuyer } from "@/lib/buyers/actions";
import { FIT_LABELS } from "@/lib/buyers/rules/fit";
import { EVIDENCE_TIERS, type EvidenceTier, type FitCriterion } from "@/lib/buyers/schema";
import { BuyerProblem } from "./buyer-problem";
import { EVIDENCE_LABELS } from "./buyer-words";

type Standing = { id: string; score: number; claim: string; tier: EvidenceTier; source: string; dated: string };
type ClaimDialogProps = {
  ventureId: string;
  companyId: string;
  buyer: string;
  criterion: FitCriterion;
  today: string;
  standing: Standing | null;
};

const SCORES = ["0", "1", "2", "3", "4"].map((value) => ({ value, label: value }));

/** A claim about a buyer: how strong, what it is, where it comes from and how good that source is. */
export function ClaimDialog({ ventureId, companyId, buyer, criterion, today, standing }: ClaimDialogProps) {
  const [open, setOpen] = useState(false);
  const [score, setScore] = useState(`${standing?.score ?? ""}`);
  const [claim, setClaim] = useState(standing?.claim ?? "");
  const [tier, setTier] = useState<EvidenceTier>(standing?.tier ?? "C");
  const [source, setSource] = useState(standing?.source ?? "");
  const [dated, setDated] = useState(standing?.dated ?? today);
  const { busy, refusal, problemAt, run, dialog } = useChange();
  async function submit(event: FormEvent) {
    event.preventDefault();
    const about = { ventureId, companyId, criterion, replaces: standing?.id ?? null };
    const said = { score: Number(score), claim, tier, source, dated };
    if (await run(() => claimOfBuyer({ ...about, ...said }), "The claim is kept.")) setOpen(false);
  }
  return (
    <>
      <Dialog
        title={`${FIT_LABELS[criterion]}: ${buyer}`}
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button variant="bare">
            {standing ? "Change" : "Claim"}
            <span className="sr-only">{` ${FIT_LABELS[criterion]} of ${buyer}`}</span>
          </Button>
        }
      >
        <form onSubmit={submit} className="grid gap-3">
          <BuyerProblem code={refusal} />
          <Field
            label="Score of 4"
            required
            hint={
              criterion === "antitrust"
                ? "0 likely forbidden, 1 or 2 needs a look, 3 or 4 clear"
                : "0 none, 4 as good as it gets"
            }
          >
            {(control) => (
              <Select
                {...control}
                placeholder="Choose"
                options={SCORES}
                value={score}
                onChange={(event) => setScore(event.target.value)}
              />
            )}
          </Field>
          <Field label="What is claimed" required error={problemAt("claim")}>
            {(control) => (
              <Textarea {...control} rows={2} value={claim} onChange={(event) => setClaim(event.target.value)} />
            )}
          </Field>
          <Field label="Evidence" required>
            {(control) => (
              <Select
                {...control}
                options={EVIDENCE_TIERS.map((value) => ({ value, label: EVIDENCE_LABELS[value] }))}
                value={tier}
                onChange={(event) => setTier(EVIDENCE_TIERS.find((one) => one === event.target.value) ?? "C")}
              />
            )}
          </Field>
          <Field label="Source" required error={problemAt("source")}>
            {(control) => <TextInput {...control} value={source} onChange={(event) => setSource(event.target.value)} />}
          </Field>
          <Field label="Dated" required error={problemAt("dated")}>
            {(control) => (
              <TextInput
                {...control}
                type="date"
                max={today}
                value={dated}
                onChange={(event) => setDated(event.target.value)}
              />
            )}
          </Field>
          <div>
            <Button type="submit" variant="primary" busy={busy} disabled={score === ""}>
              Keep the claim
            </Button>
          </div>
        </form>
      </Dialog>
      {dialog}
    </>
  );
}
