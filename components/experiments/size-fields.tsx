"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextInput } from "@/components/ui/text-input";
import type { FormProps } from "./design-form";
import type { DesignFields } from "./design-state";

type TextKey = { [K in keyof DesignFields]: DesignFields[K] extends string ? K : never }[keyof DesignFields];
type NumberFieldProps = FormProps & { name: TextKey; path: string; label: string; hint?: string };

function NumberField({ fields, set, problemOf, name, path, label, hint }: NumberFieldProps) {
  return (
    <Field
      label={label}
      hint={hint}
      error={problemOf(path) ?? (path.startsWith("design.baseline") ? problemOf("design.baseline") : null)}
    >
      {(control) => (
        <TextInput
          {...control}
          numeric
          autoComplete="off"
          value={fields[name]}
          onChange={(e) => set({ [name]: e.target.value })}
        />
      )}
    </Field>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Baseline, the effect that matters, certainty and traffic; the ship rule of a Bayesian test. */
export function SizeFields(form: FormProps) {
  const { fields, set } = form;
  const isRate = fields.metrics.find(({ role }) => role === "primary")?.kind === "rate";
  const percent = fields.difference === "relative" || isRate ? ", %" : "";
  return (
    <>
      <RadioGroup
        name="difference"
        legend="Change is"
        inline
        value={fields.difference}
        onChange={(difference) => set({ difference: difference === "absolute" ? "absolute" : "relative" })}
        options={[
          { value: "relative", label: "relative to the control" },
          { value: "absolute", label: isRate ? "in points" : "absolute" },
        ]}
      />
      <div className="grid items-end gap-3 sm:grid-cols-2">
        {isRate ? (
          <NumberField {...form} name="rate" path="design.baseline.rate" label="Rate today, %" />
        ) : (
          <>
            <NumberField {...form} name="mean" path="design.baseline.mean" label="Mean today" />
            <NumberField {...form} name="variance" path="design.baseline.variance" label="Variance today" />
          </>
        )}
        <NumberField
          {...form}
          name="minimalEffect"
          path="design.minimalEffect"
          label={`Smallest change that matters${percent}`}
        />
        <NumberField
          {...form}
          name="trafficPerDay"
          path="design.trafficPerDay"
          label={`${capital(fields.unit || "units")} a day`}
        />
        <NumberField {...form} name="alpha" path="design.alpha" label="False alarms (α), %" />
        <NumberField {...form} name="power" path="design.power" label="Power, %" />
      </div>
      {fields.method === "bayesian" ? <BayesianFields {...form} percent={percent} /> : null}
      <Disclosure summary="More">
        <Checkbox
          label="Adjust by the time before (CUPED)"
          hint="Uses the pre-period sums of the counts where they hold them; intervals become narrower."
          checked={fields.cuped}
          onChange={(e) => set({ cuped: e.target.checked })}
        />
      </Disclosure>
    </>
  );
}

function BayesianFields({ percent, ...form }: FormProps & { percent: string }) {
  return (
    <div className="grid items-end gap-3 sm:grid-cols-2">
      <NumberField {...form} name="chanceToWin" path="design.rule.chanceToWin" label="Ship at a chance to win of, %" />
      <NumberField {...form} name="maxRisk" path="design.rule.maxRisk" label={`and a risk of at most${percent}`} />
      <NumberField {...form} name="priorMean" path="design.prior.mean" label={`Prior mean of the change${percent}`} />
      <NumberField
        {...form}
        name="priorDeviation"
        path="design.prior.variance"
        label={`Prior standard deviation${percent}, empty for none`}
      />
    </div>
  );
}
