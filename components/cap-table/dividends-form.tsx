"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { submitDividends } from "@/lib/cap-table/actions";
import type { ClassView } from "@/lib/cap-table/rules/view";
import { DIVIDEND_COMPOUNDING, DIVIDEND_KINDS, type DividendKind } from "@/lib/cap-table/schema/dividends";
import { percentText, ratioText } from "./percent-text";
import { capTableSentence } from "./sentences";

const KINDS: readonly { value: DividendKind; label: string }[] = [
  { value: "none", label: "None that count" },
  { value: "cumulative", label: "They accrue year by year" },
  { value: "declared", label: "Declared and not paid yet" },
  { value: "in-kind", label: "Paid in more shares of the class" },
];
const COMPOUNDING: Readonly<Record<(typeof DIVIDEND_COMPOUNDING)[number], string>> = {
  simple: "not at all (simple)",
  annual: "every year",
  "semi-annual": "every half-year",
  quarterly: "every quarter",
  monthly: "every month",
};

const textOf = (form: FormData, name: string): string | null => String(form.get(name) ?? "").trim() || null;

/** As the action takes it: only what the kind of dividend has. */
function givenIn(form: FormData, kind: DividendKind) {
  const accrues = kind === "cumulative" || kind === "in-kind";
  const compounding = DIVIDEND_COMPOUNDING.find((one) => one === textOf(form, "compounding")) ?? "simple";
  return {
    ...{ kind, evidence: textOf(form, "evidence") ?? "" },
    ratio: accrues ? ratioText(textOf(form, "ratio")) : null,
    compounding: accrues ? compounding : null,
    accruesFrom: accrues ? textOf(form, "accruesFrom") : null,
    amount: kind === "declared" ? (textOf(form, "amount")?.replace(/[\s,]/g, "") ?? null) : null,
    onConversion: textOf(form, "onConversion") === "kept" ? ("kept" as const) : ("forfeited" as const),
  };
}

/** Dividends of a class that count at an exit: what accrues, was declared, or is paid in shares. */
export function DividendsForm({ ventureId, shareClass }: { ventureId: string; shareClass: ClassView }) {
  const { id: classId, name, dividends } = shareClass;
  const [kind, setKind] = useState<DividendKind>(dividends?.kind ?? "none");
  const { busy, refusal, problems, problemAt, run, dialog } = useChange();

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = givenIn(new FormData(event.currentTarget), kind);
    await run(() => submitDividends({ ventureId, classId, ...given }), "The answer is kept.");
  }

  return (
    <form onSubmit={send} aria-label={`Dividends of ${name}`} className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Dividends">
          {(control) => (
            <Select
              {...control}
              value={kind}
              options={KINDS}
              onChange={({ target }) => setKind(DIVIDEND_KINDS.find((one) => one === target.value) ?? "none")}
            />
          )}
        </Field>
        <KindFields kind={kind} dividends={dividends} problemAt={problemAt} />
      </div>
      <Field label="Where it is written" required error={problemAt("evidence")}>
        {(control) => (
          <TextInput {...control} name="evidence" minLength={3} maxLength={500} defaultValue={dividends?.evidence} />
        )}
      </Field>
      <p role="alert" className="font-medium text-critical-text empty:hidden">
        {refusal ? `${capTableSentence(refusal)} ${problems.map(({ expected }) => expected).join("; ")}` : null}
      </p>
      <div>
        <Button type="submit" busy={busy}>
          Keep the dividends
        </Button>
      </div>
      {dialog}
    </form>
  );
}

const ON_CONVERSION = [
  { value: "forfeited", label: "lost (the usual charter)" },
  { value: "kept", label: "still paid" },
];

function KindFields({ kind, ...props }: AccrualProps & { kind: DividendKind }) {
  const { dividends, problemAt } = props;
  return (
    <>
      {kind === "cumulative" || kind === "in-kind" ? <Accrual {...props} /> : null}
      {kind === "declared" ? (
        <Field label="Declared and not paid, whole class" required error={problemAt("amount")}>
          {(control) => <TextInput {...control} numeric name="amount" defaultValue={dividends?.amount ?? ""} />}
        </Field>
      ) : null}
      {kind === "cumulative" || kind === "declared" ? (
        <Field label="When the class converts they are">
          {(control) => (
            <Select
              {...control}
              name="onConversion"
              defaultValue={dividends?.onConversion ?? "forfeited"}
              options={ON_CONVERSION}
            />
          )}
        </Field>
      ) : null}
    </>
  );
}

type AccrualProps = { dividends: ClassView["dividends"]; problemAt: (path: string) => string | null };

function Accrual({ dividends, problemAt }: AccrualProps) {
  return (
    <>
      <Field label="Rate, % a year of the price paid" required error={problemAt("ratio")}>
        {(control) => (
          <TextInput {...control} numeric name="ratio" defaultValue={percentText(dividends?.ratio ?? null) ?? ""} />
        )}
      </Field>
      <Field label="Compounds">
        {(control) => (
          <Select
            {...control}
            name="compounding"
            defaultValue={dividends?.compounding ?? "simple"}
            options={DIVIDEND_COMPOUNDING.map((value) => ({ value, label: COMPOUNDING[value] }))}
          />
        )}
      </Field>
      <Field label="Accrues from" hint="Empty: from the day of issue" error={problemAt("accruesFrom")}>
        {(control) => (
          <TextInput {...control} type="date" name="accruesFrom" defaultValue={dividends?.accruesFrom ?? ""} />
        )}
      </Field>
    </>
  );
}
