import { type ReactNode, useId } from "react";
import { classNames } from "./class-names";

export type RadioOption = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean };

type RadioGroupProps = {
  name: string;
  legend: ReactNode;
  hideLegend?: boolean;
  options: readonly RadioOption[];
  defaultValue?: string;
  value?: string;
  onChange?: (value: string) => void;
  error?: string | null;
  inline?: boolean;
};

export function RadioGroup({
  name,
  legend,
  hideLegend,
  options,
  defaultValue,
  value,
  onChange,
  error,
  inline,
}: RadioGroupProps) {
  const id = useId();
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined} aria-invalid={error ? true : undefined}>
      <legend className={hideLegend ? "sr-only" : "mb-1 text-sm font-medium"}>{legend}</legend>
      <div className={inline ? "flex flex-wrap gap-x-5 gap-y-1" : "grid gap-1"}>
        {options.map((option) => (
          <label
            key={option.value}
            className={classNames("flex items-start gap-2 py-0.5 touch:min-h-11", option.disabled && "text-muted")}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              disabled={option.disabled}
              className="mt-0.5 size-4 shrink-0 touch:size-6"
              {...(value === undefined
                ? { defaultChecked: defaultValue === option.value }
                : { checked: value === option.value, onChange: () => onChange?.(option.value) })}
            />
            <span className="grid">
              {option.label}
              {option.hint ? <span className="text-sm text-muted">{option.hint}</span> : null}
            </span>
          </label>
        ))}
      </div>
      {error ? (
        <p id={`${id}-error`} className="text-sm font-medium text-critical-text">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
