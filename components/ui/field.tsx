import { type ReactNode, useId } from "react";
import { classNames } from "./class-names";

/** What a control needs to be tied to its label, hint and error. Spread it onto the control. */
export type FieldControl = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  required: boolean | undefined;
};

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null;
  required?: boolean;
  className?: string;
  children: (control: FieldControl) => ReactNode;
};

export function Field({ label, hint, error, required, className, children }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className={classNames("grid gap-1", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {required ? null : <OptionalMark hidden={required === undefined} />}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="text-sm text-muted prose-width">
          {hint}
        </p>
      ) : null}
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined, required })}
      {error ? (
        <p id={`${id}-error`} className="text-sm font-medium text-critical-text">
          <span aria-hidden="true">■ </span>
          {error}
        </p>
      ) : null}
    </div>
  );
}

/** `required={false}` says "optional" in words; leaving `required` out says nothing. */
function OptionalMark({ hidden }: { hidden: boolean }) {
  return hidden ? null : <span className="font-normal text-muted"> (optional)</span>;
}
