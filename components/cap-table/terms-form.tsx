"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextInput } from "@/components/ui/text-input";
import { submitClassTerms } from "@/lib/cap-table/actions";
import type { ClassView } from "@/lib/cap-table/rules/view";
import { PARTICIPATION } from "@/lib/cap-table/schema";
import { capTableSentence } from "./sentences";

const CHOICES = [
  { value: "none", label: "Not at all", hint: "it takes its preference or converts, whichever is more" },
  { value: "full", label: "In full", hint: "its preference first, then its part of what is left" },
  { value: "capped", label: "Up to a cap", hint: "as in full, until all it receives reaches the cap" },
];

const textOf = (form: FormData, name: string): string | null => String(form.get(name) ?? "").trim() || null;

/** What the charter says about one class, because the import format does not. */
export function TermsForm({ ventureId, shareClass }: { ventureId: string; shareClass: ClassView }) {
  const router = useRouter();
  const { id: classId, name, terms, questions } = shareClass;
  const [participation, setParticipation] = useState<string>(terms?.participation ?? "");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const asks = (topic: string) => questions.some((question) => question.topic === topic);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const chosen = PARTICIPATION.find((known) => known === participation);
    if (!chosen) return setError("Choose how the class participates.");
    setBusy(true);
    const result = await submitClassTerms({
      ventureId,
      classId,
      participation: chosen,
      capMultiple: chosen === "capped" ? textOf(form, "capMultiple") : null,
      liquidationMultiple: textOf(form, "liquidationMultiple") ?? terms?.liquidationMultiple ?? null,
      conversionRatio: textOf(form, "conversionRatio") ?? terms?.conversionRatio ?? null,
      evidence: String(form.get("evidence") ?? ""),
    });
    setBusy(false);
    if (result.ok) return router.refresh();
    const needed = result.problems?.map(({ expected }) => expected).join("; ");
    setError(needed ? `Needed: ${needed}.` : capTableSentence(result.refusal));
  }

  return (
    <form onSubmit={send} aria-label={`Terms of ${name}`} className="grid gap-4">
      <RadioGroup
        name="participation"
        legend={`Does ${name} share in what is left after its preference?`}
        options={CHOICES}
        value={participation}
        onChange={setParticipation}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        {participation === "capped" ? (
          <Multiple name="capMultiple" label="Cap, × the price paid" value={terms?.capMultiple} />
        ) : null}
        {asks("liquidationMultiple") ? (
          <Multiple name="liquidationMultiple" label="Preference, × the price paid" />
        ) : null}
        {asks("conversionRatio") ? (
          <Multiple name="conversionRatio" label="Common shares per share; 0: may not convert" />
        ) : null}
      </div>
      <Field label="Where it is written" hint="For example: articles of 3 March 2024, section 2.1" required>
        {(control) => (
          <TextInput {...control} name="evidence" minLength={3} maxLength={500} defaultValue={terms?.evidence} />
        )}
      </Field>
      <p role="alert" className="font-medium text-critical-text">
        {error}
      </p>
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Keep the answer
        </Button>
      </div>
    </form>
  );
}

function Multiple({ name, label, value }: { name: string; label: string; value?: string | null | undefined }) {
  return (
    <Field label={label} required>
      {(control) => <TextInput {...control} name={name} inputMode="decimal" defaultValue={value ?? undefined} />}
    </Field>
  );
}
