"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { decideExperiment } from "@/lib/experiments/actions";
import type { Said } from "@/lib/experiments/rules/ship-rule";
import { refusalText, SAID_WORDS } from "./words";

type Props = {
  experimentId: string;
  version: number;
  dataRevision: number;
  said: Said;
  ruleArm: string | null;
  treatments: readonly { key: string; name: string }[];
};

/** As the rule says, or otherwise with a reason that is kept. */
export function DecideForm({ experimentId, version, dataRevision, said, ruleArm, treatments }: Props) {
  const router = useRouter();
  const [decision, setDecision] = useState<"ship" | "do-not-ship">(said === "ship" ? "ship" : "do-not-ship");
  const [arm, setArm] = useState(ruleArm ?? treatments[0]?.key ?? "");
  const decide = useMutation({
    mutationFn: decideExperiment,
    onSuccess: (outcome) => {
      if (outcome.ok) router.refresh();
    },
  });
  const otherwise = decision !== said || (decision === "ship" && arm !== ruleArm);
  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "");
    const shipped = decision === "ship" ? arm : null;
    decide.mutate({ experimentId, version, dataRevision, decision, arm: shipped, reason });
  }
  const refused = decide.data && !decide.data.ok ? decide.data : null;
  return (
    <form onSubmit={send} className="grid max-w-120 gap-4">
      <RadioGroup
        name="decision"
        legend="Decision"
        inline
        value={decision}
        onChange={(chosen) => setDecision(chosen === "ship" ? "ship" : "do-not-ship")}
        options={[
          { value: "ship", label: "Ship" },
          { value: "do-not-ship", label: "Do not ship" },
        ]}
      />
      {decision === "ship" && treatments.length > 1 ? (
        <ArmChoice arm={arm} onChoose={setArm} treatments={treatments} />
      ) : null}
      <Field
        label="Reason"
        hint={otherwise ? `The rule says “${SAID_WORDS[said].word}”: say why you decide otherwise.` : undefined}
        error={refused?.problems?.find(({ path }) => path === "reason")?.expected ?? null}
        required={otherwise}
      >
        {(control) => <Textarea {...control} name="reason" rows={2} maxLength={500} />}
      </Field>
      <div role="alert">
        {refused ? <p className="font-medium">{refusalText(refused.refusal)}</p> : null}
        {decide.isError ? <p className="font-medium">{refusalText("UNAVAILABLE")}</p> : null}
      </div>
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={decide.isPending}>
          Decide
        </Button>
      </div>
    </form>
  );
}

type ArmChoiceProps = Pick<Props, "treatments"> & { arm: string; onChoose: (arm: string) => void };

const ArmChoice = ({ arm, onChoose, treatments }: ArmChoiceProps) => (
  <Field label="Arm">
    {(control) => (
      <Select
        {...control}
        value={arm}
        onChange={(e) => onChoose(e.target.value)}
        options={treatments.map(({ key, name }) => ({ value: key, label: name }))}
      />
    )}
  </Field>
);
